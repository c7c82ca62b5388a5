/** Releases that are sites: a Python environment, sources and a site, each a package, side by side on a target. */
package dragonfab.release.site;
