/* A batch whose commit's outcome is unknown is sent again: its row decides whether it was stored. The
   hour stands before the random number, so that new entries of the index lie together. */
create table batch (
  site_id int not null,
  hour timestamptz(0) not null,
  id uuid not null,
  primary key (site_id, hour, id)
);

comment on table batch is 'Batches of hits and of counts that were stored, so that none is stored twice. Kept until no process can send the batch again, usually for three hours.';
comment on column batch.site_id is 'Site of the first hit of the batch; 0 for a batch of counts of refused beacons.';
comment on column batch.hour is 'Instant at which the hour began in which the oldest hit of the batch was received.';
comment on column batch.id is 'Random number of the batch.';
