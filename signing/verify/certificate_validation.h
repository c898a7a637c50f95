#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "signing/certificates/certificate_path.h"
#include "signing/verify/embedded_validation_data.h"
#include "signing/verify/verify.h"

namespace sohoa {

/// What is asked about a certificate.
struct CertificateQuestion {
  TrustPurpose purpose = TrustPurpose::signing;
  Time best{};                    ///< the signature existed then: proven, or the time of validation
  bool proven = false;            ///< `best` is proven by a timestamp
  std::optional<Time> madeAfter;  ///< proof that it was made after this time
};

/// The answer: nothing stands against it (`sub` is empty), or what does.
struct CertificateJudgement {
  Indication indication = Indication::totalPassed;
  const char* sub = "";
  const char* finding = nullptr;   ///< message id: what decided
  std::vector<const char*> notes;  ///< message ids: what else is worth knowing
  bool trusted = false;            ///< path to an anchor, within validity
  SignatureReport::Revocation revocation = SignatureReport::Revocation::unknown;
  std::optional<Time> revokedAt;
  std::vector<const X509*> path;
  std::vector<std::string_view> evidence;  ///< DER of the revocation data relied on
  std::vector<std::pair<const X509*, const X509*>> wanted;  ///< without status: subject, issuer
};

/// X.509 certificate validation with revocation and proofs of existence (ETSI EN 319 102-1, 5.2.6,
/// 5.6.2.1), shared by the signatures and timestamps of one file.
class CertificateJudge {
 public:
  /// When a piece of the file's revision is proven to have existed; the clock's time without proof.
  using ProofOfExistence = std::function<Time(std::size_t section)>;

  CertificateJudge(const TrustAnchors::Store& anchors, const ValidationMaterial& material,
                   const VerificationOptions& options, ProofOfExistence proof)
      : anchors_(anchors), material_(material), options_(options), proof_(std::move(proof)) {}

  CertificateJudgement judge(const X509* leaf, const CertificateQuestion& question) const;

 private:
  void checkRevocation(const CertificateQuestion& question, CertificateJudgement& out) const;

  const TrustAnchors::Store& anchors_;
  const ValidationMaterial& material_;
  const VerificationOptions& options_;
  ProofOfExistence proof_;
};

}  // namespace sohoa
