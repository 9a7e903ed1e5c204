package org.stratafed.server.host.vertx;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.stratafed.api.model.error.RemoteFailure;
import org.stratafed.api.spi.NameResolver;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/// Names by the hosts file, then by DNS. The system's own resolver is asked when no DNS server
/// could be, and for names without a dot, which may be known in other ways.
public final class DnsNameResolver implements NameResolver, AutoCloseable {

    private static final Duration ATTEMPT_MAX = Duration.ofSeconds(3);
    private static final int ATTEMPTS_MAX = 2;
    private static final int THREADS = 4;

    /// IPv4 first: a machine may have IPv6 addresses and no way out.
    private static final Comparator<InetAddress> BEST_FIRST =
            Comparator.comparingInt(address -> address.getAddress().length);

    private final EngineLoop loop;
    private final ExecutorService threads;
    private final LookupSession session;
    private final HostsFileParser hosts;

    public DnsNameResolver(EngineLoop loop) {
        this(loop, dnsOfTheSystem(), new HostsFileParser());
    }

    DnsNameResolver(EngineLoop loop, Resolver resolver, HostsFileParser hosts) {
        this.loop = loop;
        this.hosts = hosts;
        threads =
                Executors.newFixedThreadPool(
                        THREADS, Thread.ofPlatform().daemon().name("strata-names-", 1).factory());
        session =
                LookupSession.defaultBuilder()
                        .resolver(resolver)
                        .clearSearchPath()
                        .executor(threads)
                        .build();
    }

    private static Resolver dnsOfTheSystem() {
        var resolver = new ExtendedResolver();
        resolver.setTimeout(ATTEMPT_MAX);
        resolver.setRetries(ATTEMPTS_MAX);
        return resolver;
    }

    @Override
    public Uni<List<String>> addresses(String host) {
        return Uni.createFrom().emitter(answer -> threads.execute(() -> resolve(host, answer)));
    }

    private void resolve(String host, UniEmitter<? super List<String>> answer) {
        Name name;
        try {
            name = Name.fromString(host.endsWith(".") ? host : host + ".");
        } catch (TextParseException _) {
            complete(answer, List.of());
            return;
        }
        var written = inHostsFile(name.canonicalize());
        if (!written.isEmpty()) {
            complete(answer, texts(written));
            return;
        }
        var ipv4 = lookUp(name, Type.A);
        var ipv6 = lookUp(name, Type.AAAA);
        CompletableFuture.allOf(ipv4, ipv6)
                .whenCompleteAsync((_, _) -> decide(host, ipv4, ipv6, answer), threads);
    }

    /// What the file says of a name is all there is to it: DNS isn't asked for the other family.
    private List<InetAddress> inHostsFile(Name name) {
        try {
            return Stream.of(
                            hosts.getAddressForHost(name, Type.A),
                            hosts.getAddressForHost(name, Type.AAAA))
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException _) {
            // As if there were none: whoever can't read it can't be told names by it.
            return List.of();
        }
    }

    /// That there is no such name is an answer.
    private CompletableFuture<List<InetAddress>> lookUp(Name name, int type) {
        return session.lookupAsync(name, type)
                .toCompletableFuture()
                .thenApply(result -> result.getRecords().stream().flatMap(this::address).toList())
                .exceptionally(
                        failure -> {
                            Throwable cause = unwrap(failure);
                            if (cause instanceof NoSuchDomainException
                                    || cause instanceof NoSuchRRSetException) {
                                return List.of();
                            }
                            throw new CompletionException(cause);
                        });
    }

    private Stream<InetAddress> address(Record record) {
        return switch (record) {
            case ARecord a -> Stream.of(a.getAddress());
            case AAAARecord aaaa -> Stream.of(aaaa.getAddress());
            default -> Stream.empty();
        };
    }

    /// One family's failure doesn't matter if the other has addresses.
    private void decide(
            String host,
            CompletableFuture<List<InetAddress>> ipv4,
            CompletableFuture<List<InetAddress>> ipv6,
            UniEmitter<? super List<String>> answer) {
        var found = new ArrayList<InetAddress>();
        boolean isAnswered = true;
        for (var family : List.of(ipv4, ipv6)) {
            if (family.isCompletedExceptionally()) {
                isAnswered = false;
            } else {
                found.addAll(family.join());
            }
        }
        if (!found.isEmpty() || (isAnswered && host.indexOf('.') >= 0)) {
            complete(answer, texts(found));
        } else {
            askSystem(host, isAnswered, ipv4.isCompletedExceptionally() ? ipv4 : ipv6, answer);
        }
    }

    private void askSystem(
            String host,
            boolean isAnswered,
            CompletableFuture<?> asked,
            UniEmitter<? super List<String>> answer) {
        try {
            complete(answer, texts(List.of(InetAddress.getAllByName(host))));
        } catch (UnknownHostException _) {
            if (isAnswered) {
                complete(answer, List.of());
            } else {
                Throwable cause = unwrap(asked.exceptionNow());
                var failure =
                        new RemoteFailure.Unreachable(
                                "no DNS server answered for " + host + ": " + Causes.words(cause));
                loop.execute(() -> answer.fail(failure));
            }
        }
    }

    private void complete(UniEmitter<? super List<String>> answer, List<String> addresses) {
        loop.execute(() -> answer.complete(addresses));
    }

    private static List<String> texts(List<InetAddress> addresses) {
        return addresses.stream()
                .sorted(BEST_FIRST)
                .map(InetAddress::getHostAddress)
                .map(DnsNameResolver::withoutZone)
                .distinct()
                .toList();
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    private static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
