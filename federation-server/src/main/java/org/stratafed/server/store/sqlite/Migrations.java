package org.stratafed.server.store.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/// Brings a database to the schema that this version of the server works with.
///
/// The migrations are listed here, not searched for on the class path: that is faster, and works
/// with every class loader.
final class Migrations {

    private static final List<String> FILES =
            List.of(
                    "V1__rooms_and_exchanges.sql",
                    "V2__accounts.sql",
                    "V3__signed_keys.sql",
                    "V4__forgotten_rooms.sql",
                    "V5__verdicts.sql",
                    "V6__gaps.sql",
                    "V7__joins.sql",
                    "V8__directory_and_leaves.sql",
                    "V10__slim_events.sql");

    private static final String FOLDER = "/db/migration/";

    private Migrations() {}

    /// Fails if the database has a migration that this version doesn't know.
    static void run(DataSource database) {
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .resourceProvider(new Listed())
                .javaMigrationClassProvider(List::of)
                .ignoreMigrationPatterns(new String[0])
                .load()
                .migrate();
    }

    private static final class Listed implements ResourceProvider {

        /// Flyway also asks for a configuration of each migration, and takes null for there is
        // none.
        @Override
        public LoadableResource getResource(String name) {
            String file = name.substring(name.lastIndexOf('/') + 1);
            return FILES.contains(file) ? new Migration(file) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return FILES.stream()
                    .filter(file -> file.startsWith(prefix))
                    .<LoadableResource>map(Migration::new)
                    .toList();
        }
    }

    private static final class Migration extends LoadableResource {

        private final String file;

        private Migration(String file) {
            this.file = file;
        }

        @Override
        public Reader read() {
            InputStream stream = Migrations.class.getResourceAsStream(FOLDER + file);
            if (stream == null) {
                throw new UncheckedIOException(new IOException("no resource " + FOLDER + file));
            }
            return new InputStreamReader(stream, StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return FOLDER + file;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return getAbsolutePath();
        }

        @Override
        public String getFilename() {
            return file;
        }

        @Override
        public String getRelativePath() {
            return file;
        }
    }
}
