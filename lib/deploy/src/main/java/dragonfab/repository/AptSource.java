package dragonfab.repository;

import dragonfab.shell.Command;

/**
 * A repository as one target's apt knows it, or is to.
 *
 * @param known  whether all of it is there already
 * @param broken whether apt can read no source at all until then
 */
public record AptSource(String title, Command share, boolean known, boolean broken) {
}
