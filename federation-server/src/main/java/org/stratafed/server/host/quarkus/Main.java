package org.stratafed.server.host.quarkus;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.ConfigValidationException;

/// The start of the process, and what is said when it fails.
@QuarkusMain
public final class Main {

    private static final int CAUSES_MAX = 20;

    /// Of the password on key stores. Ours are in memory, under no secret; ten thousand take time.
    private static final String KEY_STORE_ROUNDS = "keystore.pkcs12.keyPbeIterationCount";

    Main() {}

    public static void main(String... arguments) {
        System.setProperty(KEY_STORE_ROUNDS, "1");
        Quarkus.run(null, Main::exit, arguments);
    }

    /// In development the process goes on, with the next version. Only after the start is it known
    /// that it is development.
    private static void exit(int code, Throwable failure) {
        if (failure != null) {
            explain(failure);
        }
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            System.exit(code);
        }
    }

    /// One sentence for what the operator can set right, a misspelt setting among it. Anything else
    /// is a defect, and keeps its trace.
    private static void explain(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
            if (cause instanceof WrongSettingException
                    || cause instanceof ConfigValidationException) {
                System.err.println("strata: " + cause.getMessage());
                return;
            }
            cause = cause.getCause();
        }
        failure.printStackTrace();
    }
}
