/**
 * Where beacons go, beside the script. A site that chose a name of its own is served a script in which
 * that name stands here.
 */
export const endpoint = 'b';
