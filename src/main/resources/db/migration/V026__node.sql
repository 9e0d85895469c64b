create table node (
  id uuid primary key,
  name text not null,
  started_at timestamptz(0) not null,
  seen_at timestamptz(3) not null,
  oldest_hit timestamptz(3)
);

comment on table node is 'Processes that take beacons, so that the fold waits for hits that one of them has not stored yet. A row goes when its process stops and owes nothing, or after seven days without a sign of life.';
comment on column node.id is 'Random number of the process''s spool, which its successor on the same spool goes on with.';
comment on column node.name is 'Name that the operator gave the process (--node-name), or that of its machine; no address of it.';
comment on column node.started_at is 'When the process started.';
comment on column node.seen_at is 'Last sign of life of the process, by its own clock.';
comment on column node.oldest_hit is 'When the oldest hit was received that the process has not stored yet; null if all are stored.';
