#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "signing/certificates/certificate_path.h"
#include "signing/verify/embedded_validation_data.h"
#include "signing/verify/verify.h"

namespace sohoa {

/// The question about one certificate.
struct CertificateQuestion {
  TrustPurpose purpose = TrustPurpose::signing;
  Time best{};                    ///< the signature existed then: proven time or validation time
  bool proven = false;            ///< a timestamp proves `best`
  std::optional<Time> madeAfter;  ///< proof that it was made after this time
};

/// The answer: passed (`sub` is empty), or the rule that failed.
struct CertificateJudgement {
  Indication indication = Indication::totalPassed;
  const char* sub = "";
  const char* finding = nullptr;   ///< message id: the deciding finding
  std::vector<const char*> notes;  ///< message ids: further findings
  bool trusted = false;            ///< path to an anchor, within validity
  SignatureReport::Revocation revocation = SignatureReport::Revocation::unknown;
  std::optional<Time> revokedAt;
  std::vector<const X509*> path;
  std::vector<std::string_view> evidence;  ///< DER of the revocation data relied on
  std::vector<std::pair<const X509*, const X509*>> wanted;  ///< status unknown: certificate, issuer
};

/// X.509 certificate validation with revocation and proofs of existence (ETSI EN 319 102-1, 5.2.6,
/// 5.6.2.1), shared by the signatures and timestamps of one file. The arguments of the constructor
/// must outlive it.
class CertificateJudge {
 public:
  /// When data of revision `section` is proven to have existed; the clock's time without proof.
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
