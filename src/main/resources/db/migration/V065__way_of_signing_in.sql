alter table session add column way text not null default 'password'
  check (way in ('password', 'code', 'passkey', 'provider'));

update session set way = 'code'
from account
where account.id = session.account_id and session.complete and account.totp_step is not null;

comment on column session.way is 'What was shown when signing in: password, code (of a device, after the password), passkey, or provider.';
