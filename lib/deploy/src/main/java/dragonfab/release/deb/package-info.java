/** What only a release that is a Debian package knows: apt, dpkg and debconf. */
package dragonfab.release.deb;
