package dragonfab;

import java.util.List;

/**
 * The scripts of a sequence that are of one kind of release, by name.
 *
 * @param build    make the release, from what lies here
 * @param publish  put it where targets or others get it from
 * @param bring    bring it to the targets, where something has to run from it before it runs; then activate is for itself
 * @param activate make it run, and bring it where nothing else did
 */
public record KindSteps(List<String> build, List<String> publish, List<String> bring, List<String> activate) {
    public KindSteps {
        build = List.copyOf(build);
        publish = List.copyOf(publish);
        bring = List.copyOf(bring);
        activate = List.copyOf(activate);
    }
}
