/* A version 4 UUID begins with 48 random bits. */
alter table site
  add column public_id text not null unique
    default left(replace(gen_random_uuid()::text, '-', ''), 12)
    check (public_id ~ '^[0-9a-f]{12}$');

comment on column site.public_id is 'Random name of the site that browsers may know, part of its cookie''s name; says nothing about the other sites of the installation.';
