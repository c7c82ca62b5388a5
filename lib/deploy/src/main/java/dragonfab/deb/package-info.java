/** Reads, versions and builds Debian packages. It knows nothing of deploys. */
package dragonfab.deb;
