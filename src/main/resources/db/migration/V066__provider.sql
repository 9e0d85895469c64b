create table provider_account (
  issuer text not null,
  subject text not null,
  account_id int not null references account on delete cascade,
  linked_on date not null,
  primary key (issuer, subject)
);

create index provider_account_account on provider_account (account_id);

comment on table provider_account is 'Which account somebody has whom a provider of OpenID Connect signs in. Kept until the account is deleted.';
comment on column provider_account.issuer is 'Address of the provider.';
comment on column provider_account.subject is 'Name of the person at the provider, which stays the same.';
comment on column provider_account.account_id is 'Account that is theirs.';
comment on column provider_account.linked_on is 'Day of the first time they signed in by the provider.';

create table provider_role (
  account_id int not null references account on delete cascade,
  site_id int not null,
  role text not null check (role in ('viewer', 'editor', 'owner', 'admin')),
  primary key (account_id, site_id),
  check (role <> 'admin' or site_id = 0)
);

comment on table provider_role is 'Roles that somebody has by their groups at a provider. Kept until they sign in there again, and are then given anew.';
comment on column provider_role.account_id is 'Account that has the role.';
comment on column provider_role.site_id is 'Site that it is for; 0 for every site.';
comment on column provider_role.role is 'viewer, editor, owner, as in membership, or admin.';
