package org.stratafed.benchmarks.disk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.stratafed.api.model.json.CanonicalJson;

/// Measures what a room takes on the disk, shows it, and writes it down as JSON.
public final class DiskMain {

    private static final int MEMBERS = 10_000;
    private static final int MESSAGES = 90_000;

    private DiskMain() {}

    /// @param args nothing, or the number of members and that of messages
    public static void main(String[] args) throws Exception {
        int members = args.length == 2 ? Integer.parseInt(args[0]) : MEMBERS;
        int messages = args.length == 2 ? Integer.parseInt(args[1]) : MESSAGES;
        var report = Path.of(System.getProperty("strata.home", "."), "target", "disk-use.json");
        Files.createDirectories(report.getParent());
        System.out.printf(
                Locale.ROOT, "%,d members and %,d messages are written%n", members, messages);
        var use = DiskUse.of(members, messages);
        Files.write(report, CanonicalJson.encode(use.toJson()));
        System.out.print(use.table());
        System.out.println("written to " + report);
    }
}
