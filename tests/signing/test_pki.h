#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "signing/base/openssl_handles.h"

namespace sohoa::test {

/// A key with its certificate, made at run time.
struct Identity {
  std::shared_ptr<EVP_PKEY> key;
  std::shared_ptr<X509> certificate;
  std::string der() const { return derOf(certificate.get()); }
};

struct CertificateSpec {
  std::string name = "test";
  std::string keyType = "P-256";  ///< a curve, "ED25519", "ED448", "RSA2048", "RSA1024" …
  std::vector<std::pair<int, std::string>> extensions = {};  ///< in the notation of openssl.cnf
  Time from = *parseIsoTime("2020-01-01T00:00:00Z");
  Time until = *parseIsoTime("2030-01-01T00:00:00Z");
  const EVP_MD* digest = EVP_sha256();
  std::shared_ptr<EVP_PKEY> key = {};  ///< an existing key instead of a new one
};
std::shared_ptr<EVP_PKEY> newKey(const std::string& keyType);
/// Self-signed without an issuer.
Identity issue(const CertificateSpec& spec, const Identity* issuer = nullptr);
CertificateSpec authority(const std::string& name);
CertificateSpec signer(const std::string& name);
CertificateSpec timestamper(const std::string& name);
CertificateSpec responder(const std::string& name, bool noCheck = true);

struct RevokedRow {
  const Identity* certificate = nullptr;
  Time at{};
  int reason = -1;
};
struct ListSpec {
  std::vector<RevokedRow> revoked = {};
  Time from{}, next{};
  std::vector<std::pair<int, std::string>> extensions = {};
  const EVP_MD* digest = EVP_sha256();
};
std::string makeCrl(const Identity& issuer, const ListSpec& spec);

struct ResponseSpec {
  int state = V_OCSP_CERTSTATUS_GOOD;
  Time revokedAt{};
  int reason = 0;
  Time from{};
  std::optional<Time> next = {};
  bool withCertificate = true;  ///< the responder's certificate inside
  const EVP_MD* digest = EVP_sha256();
};
/// A whole OCSPResponse about `certificate` of `issuer`.
std::string makeOcsp(const Identity& responder, const Identity& issuer, const Identity& certificate,
                     const ResponseSpec& spec);

/// Root, CA, signer, TSA and responder of one small trust tree.
struct SmallPki {
  Identity root = issue(authority("Test Root")), ca = issue(authority("Test CA"), &root),
           leaf = issue(signer("Test Signer"), &ca), tsa = issue(timestamper("Test TSA"), &ca),
           ocsp = issue(responder("Test OCSP"), &ca);
};
const SmallPki& smallPki();

}  // namespace sohoa::test
