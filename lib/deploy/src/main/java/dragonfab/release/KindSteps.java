package dragonfab.release;

import dragonfab.config.ScriptName;
import java.util.List;

/**
 * The scripts of a sequence that are of one kind of release.
 *
 * @param build    make the release, from what lies here
 * @param publish  put it where targets or others get it from
 * @param bring    bring it to the targets, where something has to run from it before it runs; then activate is for
 *                 itself
 * @param activate make it run, and bring it where nothing else did
 * @param migrates whether activate migrates the database too, and closes the site for it
 */
public record KindSteps(List<ScriptName> build, List<ScriptName> publish, List<ScriptName> bring,
        List<ScriptName> activate, boolean migrates) {
    public KindSteps {
        build = List.copyOf(build);
        publish = List.copyOf(publish);
        bring = List.copyOf(bring);
        activate = List.copyOf(activate);
    }
}
