/* Processes of the version before go on writing while tables are changed. A change that waits for a
   table keeps everybody else waiting who comes after it; so it gives up soon, lets them through and
   is tried again. */
set lock_timeout = '2s';
