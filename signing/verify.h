#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/result.h"
#include "core/text.h"

namespace sohoa {

/// Main indication of ETSI EN 319 102-1, 5.1.3; its words are what name() prints.
enum class Indication { totalPassed, totalFailed, indeterminate };
std::string_view nameOf(Indication indication);  ///< "TOTAL-PASSED" …

/// Separate facts; none of them alone means "valid".
struct SignatureReport {
  std::string field;  ///< name of the form field, UTF-8; empty when none shows the signature
  enum class Kind { signature, certification, timestamp } kind = Kind::signature;
  bool malformed = false;         ///< structure that no honest signer makes
  bool digestMatches = false;     ///< message digest over the byte range
  bool signatureMatches = false;  ///< cryptographic value over the signed attributes
  /// Of the byte range: all of the file, all of an earlier revision, or anything else.
  enum class Coverage { whole, revision, anomalous } coverage = Coverage::anomalous;
  /// What later revisions did. notExamined: it could not be told.
  enum class Changes {
    none,
    permitted,
    forbidden,
    notExamined
  } changesAfter = Changes::notExamined;
  std::vector<std::string> changes;  ///< forbidden ones: "object 12 0: page" …, in English
  bool trusted = false;  ///< path to a trust anchor of the site at the time of validation
  std::string signer, issuer, serial;
  std::optional<Time> claimedAt;        ///< the signer's own word, not proven
  std::string level;                    ///< "PAdES B-B", "CMS", "timestamp", or "" when unknown
  std::vector<std::string> algorithms;  ///< "SHA256", "rsaEncryption-2048" …
  Indication indication = Indication::indeterminate;
  std::string subIndication;  ///< of the standard: HASH_FAILURE, NO_CERTIFICATE_CHAIN_FOUND …
  std::vector<std::string> findings;  ///< English, as tr() message ids: what led to the verdict
};

struct VerificationReport {
  Time validatedAt{};
  std::vector<SignatureReport> signatures;
  /// The file could not be read as a PDF: never valid; one failed signature stands for any inside.
  std::optional<ItemError> unreadable;
  /// The worst of all signatures; indeterminate when there is none.
  Indication overall() const;
};

/// One word for scripts: "valid", "invalid", "indeterminate", "unsigned" or "malformed".
std::string_view verdictOf(const VerificationReport& report);

/// The site's own anchors; roots inside a document are never trusted. Immutable, thread-safe.
class TrustAnchors {
 public:
  /// Every *.pem / *.crt of the folder. Throws BatchError(siteConfig) naming an unreadable file.
  static TrustAnchors fromFolder(const std::filesystem::path& folder);
  ~TrustAnchors();
  TrustAnchors(TrustAnchors&&) noexcept;
  TrustAnchors& operator=(TrustAnchors&&) noexcept;
  struct Store;
  const Store& store() const { return *store_; }  ///< for signing/ alone

 private:
  explicit TrustAnchors(std::unique_ptr<Store> store);
  std::unique_ptr<Store> store_;
};

/// Verifies every signature of a PDF. Bad input is a verdict, never an exception or a crash.
/// Parses foreign bytes: for files that are not ours call it in a process without keys.
VerificationReport verifyPdf(const std::filesystem::path& file, const TrustAnchors& anchors,
                             Time at);

/// A page for people: verdict sentence (hợp lệ / không hợp lệ / chưa xác định được), then the
/// facts.
std::string describe(const VerificationReport& report, Language language);
/// Machine form, see signing/README.md.
std::string toJson(const VerificationReport& report);

}  // namespace sohoa
