package org.stratafed.api.spi.store;

/// The stores of one homeserver, all over one database: what one commits another sees.
public record Stores(
        RoomStore rooms,
        TimelineStore timeline,
        OutboxStore outbox,
        InboxStore inbox,
        KeyStore keys,
        DirectoryStore directory,
        RoomHealthStore health,
        VerdictStore verdicts,
        JoinStore joins) {}
