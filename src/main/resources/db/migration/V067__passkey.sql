alter table account add column handle uuid not null default gen_random_uuid();

comment on column account.handle is 'Random number by which an authenticator knows whose passkeys it holds; says nothing about its holder.';

create table passkey (
  id int generated always as identity primary key,
  account_id int not null references account on delete cascade,
  credential_id bytea not null unique,
  public_key bytea not null,
  counter bigint not null,
  model uuid not null,
  name text not null,
  created_on date not null,
  used_on date
);

create index passkey_account on passkey (account_id);

comment on table passkey is 'Passkeys by which people sign in (WebAuthn). Kept until removed.';
comment on column passkey.id is 'Number by which its holder removes it.';
comment on column passkey.account_id is 'Account that it opens.';
comment on column passkey.credential_id is 'Name of the passkey, chosen by the authenticator.';
comment on column passkey.public_key is 'Key that signatures are verified with, in COSE; no secret.';
comment on column passkey.counter is 'How often it was used, as the authenticator counts; a smaller number than before betrays a copy; 0 if it does not count.';
comment on column passkey.model is 'Model of the authenticator as it says itself (AAGUID); zero if it does not say.';
comment on column passkey.name is 'Name that its holder gave it.';
comment on column passkey.created_on is 'Day on which it was made.';
comment on column passkey.used_on is 'Day on which it was last used; null until then.';
