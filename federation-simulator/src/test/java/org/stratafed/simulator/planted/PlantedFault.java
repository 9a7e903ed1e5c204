package org.stratafed.simulator.planted;

/// A fault put into one method of the engine, to see whether the simulator finds it.
///
/// @param title what is wrong, in a few words
/// @param target the class with the method that is replaced: the seam
/// @param method its name
/// @param variant the class whose one static method does the job instead
/// @param scenario what is run, as `./strata sim --scenario` calls it
/// @param seedsMax within how many seeds it has to be found, from 1 on
/// @param finding what is said of it then: a part of the failure's message
public record PlantedFault(
        String title,
        String target,
        String method,
        Class<?> variant,
        String scenario,
        int seedsMax,
        String finding) {

    private static final String ENGINE = "org.stratafed.server.engine.";

    /// One that the swarm finds.
    public static PlantedFault planted(
            String title, String target, Class<?> variant, int seedsMax, String finding) {
        int dot = target.lastIndexOf('.');
        return new PlantedFault(
                title,
                variant.getPackageName() + "." + target.substring(0, dot),
                target.substring(dot + 1),
                variant,
                "swarm",
                seedsMax,
                finding);
    }

    /// The same, which that scenario finds.
    public PlantedFault in(String scenario) {
        return new PlantedFault(title, target, method, variant, scenario, seedsMax, finding);
    }

    /// The package of the engine that is broken, which begins with the name of its layer.
    String where() {
        return variant.getPackageName().substring(ENGINE.length());
    }

    String seam() {
        return target.substring(target.lastIndexOf('.') + 1) + "." + method;
    }

    /// What the documentation says of it, but for what changes with the draws of chance.
    ///
    /// @param seed with which it was found last
    String row(String seed) {
        return "| %s | %s | `%s` | `%s` | %s of %d | %s |"
                .formatted(where(), title, seam(), scenario, seed, seedsMax, finding);
    }
}
