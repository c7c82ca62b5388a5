package dragonfab.report;

import java.util.List;

/** What a person types to start a script, which differs between an installed one, an alias and a copied file. */
public interface Starter {
    /** By its alias in the catalog, which everybody has who added it. */
    Starter ALIAS = script -> List.of("jbang", script + "@dragonfab");

    /** The first words of the command, to which its arguments are added. */
    List<String> script(String name);
}
