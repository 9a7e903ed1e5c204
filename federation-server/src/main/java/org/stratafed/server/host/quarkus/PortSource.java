package org.stratafed.server.host.quarkus;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/// Tells Quarkus where to listen, in its own words. What isn't a port isn't passed on:
/// [SettingsReader] says what is wrong with it, before any port is opened.
public final class PortSource implements ConfigSourceFactory {

    /// Over the defaults in `application.properties`, below what an operator says.
    private static final int ORDINAL = 260;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        var values = new LinkedHashMap<String, String>();
        values.put("quarkus.http.host-enabled", String.valueOf(!ClientListener.isOurs()));
        port(context, "strata.client.port")
                .ifPresent(port -> values.put("quarkus.http.port", port));
        text(context, "strata.client.bind")
                .ifPresent(address -> values.put("quarkus.http.host", address));
        var management = port(context, "strata.management.port");
        values.put("quarkus.management.host-enabled", String.valueOf(management.isPresent()));
        management.ifPresent(port -> values.put("quarkus.management.port", port));
        values.put(
                "quarkus.management.host",
                text(context, "strata.management.bind").orElse("127.0.0.1"));
        return List.of(new PropertiesConfigSource(values, "strata ports", ORDINAL));
    }

    private static Optional<String> port(ConfigSourceContext context, String key) {
        return text(context, key).filter(port -> port.matches("[0-9]{1,5}"));
    }

    private static Optional<String> text(ConfigSourceContext context, String key) {
        var value = context.getValue(key);
        return Optional.ofNullable(value == null ? null : value.getValue());
    }
}
