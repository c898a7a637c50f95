#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "signing/online/revocation_client.h"
#include "signing/online/timestamp_client.h"
#include "signing/pades/pades.h"
#include "signing/verify/verify.h"
#include "tests/signing/test_pki.h"
#include "tests/support/files.h"
#include "tests/support/http_server.h"
#include "tests/support/process.h"

namespace sohoa::test {

/// A timestamp authority made with OpenSSL's TS functions, behind the test's HTTP server.
class TestTsa {
 public:
  explicit TestTsa(const Identity& identity, const Identity& issuer);
  std::string url() const { return server_.url("/tsa"); }
  int served() const { return server_.served(); }

  /// How it behaves from the next request on.
  enum class Mood {
    honest,
    hangsUp,
    busy,
    refuses,
    otherNonce,
    otherImprint,
    otherPolicy,  ///< its own, whatever was asked for
    garbage,
    slow
  };
  std::atomic<Mood> mood{Mood::honest};
  std::string policy = "1.2.3.4.1";
  Time clock{};                     ///< its time; unset: the system's
  std::function<void()> onRequest;  ///< called before each answer

  /// A token over that imprint, without the network; SHA-1 is stamped too.
  std::string token(const EVP_MD* method, const std::string& imprint) const;

 private:
  ServedReply answer(const ServedRequest& request);
  std::string reply(const std::string& query, bool oldDigests = false) const;
  Identity identity_, issuer_;
  HttpServer server_;
};

/// A trust tree whose certificates name the servers of the test: root, CA, signer, TSA, OCSP
/// responder; a list of the root for the CA, OCSP and a list of the CA for the others.
class TestServices {
 public:
  /// `tsaUntil`: when the authority's certificate ends.
  explicit TestServices(Time tsaUntil = *parseIsoTime("2030-01-01T00:00:00Z"));

  TestTsa& tsa() { return *tsa_; }
  /// A key of that kind with a certificate of the CA, as key file.
  SigningKey key(const std::string& keyType = "RSA2048");
  Identity signer(const std::string& keyType);
  const TrustAnchors& anchors() const { return *anchors_; }
  SigningServices services() { return {timestamps_.get(), revocation_.get(), anchors_.get()}; }
  TimestampClient& timestamps() { return *timestamps_; }
  RevocationClient& revocation() { return *revocation_; }
  /// Clients that know nothing yet.
  void renewClients(RevocationOptions options = {});
  const std::filesystem::path& trust() const { return trust_; }
  const Identity& root() const { return root_; }
  const Identity& ca() const { return ca_; }
  /// Another authority of the same CA, whose certificate ends then.
  std::unique_ptr<TestTsa> newTsa(Time until);

  std::atomic<bool> ocspDown{false}, crlDown{false};
  std::atomic<bool> revoked{false};  ///< what the responder says of every signer
  std::atomic<int> ocspRequests{0}, crlRequests{0};

 private:
  ServedReply answer(const ServedRequest& request);

  TemporaryFolder folder_;
  HttpServer web_;
  Identity root_, ca_, ocsp_, tsaIdentity_;
  std::filesystem::path trust_;
  std::unique_ptr<TestTsa> tsa_;
  std::unique_ptr<TrustAnchors> anchors_;
  std::unique_ptr<TimestampClient> timestamps_;
  std::unique_ptr<RevocationClient> revocation_;
};

/// A PKCS#12 file with the key, its certificate and the CA's.
void writePkcs12(const std::filesystem::path& file, const std::string& password,
                 const Identity& identity, const Identity& ca);
std::string pemOf(const Identity& identity);     ///< the certificate
std::string keyPemOf(const Identity& identity);  ///< the key, PKCS#8

}  // namespace sohoa::test
