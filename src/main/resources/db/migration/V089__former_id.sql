-- What other products called a site is of one site alone, or nobody could tell whose beacons came.
create unique index site_setting_former_id on site_setting (name, lower(value))
  where name in ('matomo-id', 'umami-id', 'goatcounter-host');
