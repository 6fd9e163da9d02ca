"""Certificates for portals on loopback: an authority, one between, and hosts of every kind of fault."""

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

PEM = serialization.Encoding.PEM


class Authority:
    """A root and an intermediate authority in a folder; `root` is the file to be trusted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._root_key, self._middle_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        root = self._signed("Root", "Root", self._root_key, self._root_key, authority=True)
        self._middle = self._signed("Middle", "Root", self._middle_key, self._root_key, authority=True)
        self.root = folder / "root.pem"
        self.root.write_bytes(root.public_bytes(PEM))

    def host(
        self,
        address: str,
        *,
        days: tuple[int, int] = (-1, 30),
        whole: bool = True,
        own: bool = False,
        public: bool = True,
    ) -> ssl.SSLContext:
        """A server's context: a certificate for an IP address, valid for these days from now.

        `whole` = the intermediate certificate is served, too; `own` = the host signed it itself; `public` = it says
        where its issuer's certificate lies, as those of public authorities do.
        """
        key = ec.generate_private_key(ec.SECP256R1())
        issuer, signer = (address, key) if own else ("Middle", self._middle_key)
        leaf = self._signed(address, issuer, key, signer, days=days, address=address, public=public and not own)
        path = self._folder / f"{address}-{days[1]}-{whole}-{own}.pem"
        private = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        path.write_bytes(private + leaf.public_bytes(PEM) + (self._middle.public_bytes(PEM) if whole else b""))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    @staticmethod
    def _signed(
        subject: str,
        issuer: str,
        key: ec.EllipticCurvePrivateKey,
        signer: ec.EllipticCurvePrivateKey,
        *,
        days: tuple[int, int] = (-1, 30),
        authority: bool = False,
        address: str = "",
        public: bool = False,
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + timedelta(days[0]))
            .not_valid_after(now + timedelta(days[1]))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        )
        if address:
            names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
            builder = builder.add_extension(names, critical=False)
        if public:
            place = x509.UniformResourceIdentifier("http://authority.example/middle.crt")
            access = x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, place)
            builder = builder.add_extension(x509.AuthorityInformationAccess([access]), critical=False)
        return builder.sign(signer, hashes.SHA256())
