package org.stratafed.api.spi;

/// Where a request goes and whom it expects there: one row of the server discovery table, resolved.
///
/// @param address an IP address as text, IPv6 without brackets
/// @param port the TCP port
/// @param certificateName the host name or IP literal (IPv6 without brackets) that the peer's
///     certificate must be valid for; it is also the SNI name, unless it is an IP literal
/// @param hostHeader the value of the `Host` header, exactly as to be sent
/// @see <a href="https://spec.matrix.org/v1.19/server-server-api/#resolving-server-names">Resolving
///     server names</a>
public record Route(String address, int port, String certificateName, String hostHeader) {}
