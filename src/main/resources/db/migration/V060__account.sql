create table account (
  id int generated always as identity primary key,
  email text not null unique,
  name text not null,
  admin boolean not null,
  language text not null,
  password_hash text,
  totp_secret bytea,
  totp_step bigint,
  created_on date not null
);

comment on table account is 'People who sign in to read figures or to change settings. Kept until the account is deleted.';
comment on column account.id is 'Number of the account.';
comment on column account.email is 'E-mail address in lower case, by which its holder signs in; no visitor''s.';
comment on column account.name is 'Name as its holder writes it.';
comment on column account.admin is 'True if it may do everything on every site, and make accounts.';
comment on column account.language is 'Language of pages and mails for its holder, a code of ISO 639.';
comment on column account.password_hash is 'Argon2id of the password, with its parameters and salt; null if its holder signs in another way.';
comment on column account.totp_secret is 'Secret that the holder''s device makes one-time codes of (RFC 6238); null without one.';
comment on column account.totp_step is 'Step of time of the last code that was taken, so that none is taken twice; null until the first code confirms the device.';
comment on column account.created_on is 'Day on which the account was made.';

create table recovery_code (
  account_id int not null references account on delete cascade,
  code_hash bytea not null,
  primary key (account_id, code_hash)
);

comment on table recovery_code is 'Codes that stand in once for a lost device. Kept until used or replaced.';
comment on column recovery_code.account_id is 'Account whose code it is.';
comment on column recovery_code.code_hash is 'SHA-256 of the code, which has 80 random bits and is shown once.';

create table session (
  secret_hash bytea primary key,
  account_id int not null references account on delete cascade,
  id int generated always as identity unique,
  complete boolean not null,
  began_at timestamptz(0) not null,
  seen_at timestamptz(0) not null,
  browser text not null
);

create index session_account on session (account_id);

comment on table session is 'Browsers in which somebody has signed in. Kept until they sign out, and no longer than the settings of sessions say.';
comment on column session.secret_hash is 'SHA-256 of the secret in the cookie, which has 256 random bits.';
comment on column session.account_id is 'Account that is signed in.';
comment on column session.id is 'Number by which its holder ends the session.';
comment on column session.complete is 'False as long as the second step of signing in is to come.';
comment on column session.began_at is 'When its holder signed in.';
comment on column session.seen_at is 'When it was last used, to five minutes.';
comment on column session.browser is 'Families of browser and operating system, by which its holder tells sessions apart.';

create table site_group (
  id int generated always as identity primary key,
  name text not null unique
);

comment on table site_group is 'Groups of sites that are read together, such as those of one client. Kept until deleted.';
comment on column site_group.id is 'Number of the group.';
comment on column site_group.name is 'Name of the group.';

create table grouped_site (
  group_id int not null references site_group on delete cascade,
  site_id int not null,
  primary key (group_id, site_id)
);

comment on table grouped_site is 'Which sites a group has. Kept until taken out.';
comment on column grouped_site.group_id is 'Group.';
comment on column grouped_site.site_id is 'Site that belongs to it.';

/* One of the two is 0: a role is for a site or for a group of them. */
create table membership (
  account_id int not null references account on delete cascade,
  site_id int not null,
  group_id int not null,
  role text not null check (role in ('viewer', 'editor', 'owner')),
  primary key (account_id, site_id, group_id),
  check ((site_id = 0) <> (group_id = 0))
);

comment on table membership is 'Who may do what on which sites. Kept until taken back.';
comment on column membership.account_id is 'Account that has the role.';
comment on column membership.site_id is 'Site that it is for; 0 if it is for a group.';
comment on column membership.group_id is 'Group of sites that it is for; 0 if it is for one site.';
comment on column membership.role is 'viewer (reads), editor (also changes what figures are made of), owner (everything of the site).';

create table account_link (
  secret_hash bytea primary key,
  purpose text not null check (purpose in ('setup', 'reset', 'invitation')),
  account_id int references account on delete cascade,
  email text,
  site_id int not null default 0,
  group_id int not null default 0,
  role text,
  expires_at timestamptz(0) not null
);

comment on table account_link is 'Links that may be opened once: to set up the installation, to choose a new password, to accept an invitation. Kept until used or expired.';
comment on column account_link.secret_hash is 'SHA-256 of the secret in the link, which has 256 random bits.';
comment on column account_link.purpose is 'What it opens: setup, reset or invitation.';
comment on column account_link.account_id is 'Account whose password it resets; null for the others.';
comment on column account_link.email is 'E-mail address that is invited; null for the others.';
comment on column account_link.site_id is 'Site that the invitation is for; 0 for none.';
comment on column account_link.group_id is 'Group of sites that the invitation is for; 0 for none.';
comment on column account_link.role is 'Role that the invitation gives: viewer, editor, owner, or admin; null for the others.';
comment on column account_link.expires_at is 'Until when it may be opened.';
