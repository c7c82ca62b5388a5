package dragonfab.repository;

import dragonfab.state.ReleaseId;
import java.util.List;
import java.util.Map;

/** A release that runs somewhere and went well there. */
public interface ProvenRelease {
    ReleaseId release();

    /** The same as it was made for each architecture there. */
    List<ReleaseId> builds();

    /** The versions of those of these packages that are installed there, by name. */
    Map<String, String> versions(List<String> packages);
}
