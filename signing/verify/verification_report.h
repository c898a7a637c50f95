#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/result.h"

namespace sohoa {

/// Main indication of ETSI EN 319 102-1, 5.1.3; its words are what name() prints.
enum class Indication { totalPassed, totalFailed, indeterminate };
std::string_view nameOf(Indication indication);  ///< "TOTAL-PASSED" …

/// What a later revision did, in words.
struct ReportedChange {
  bool permitted = false;
  std::string words;  ///< English, a tr() message id: "a page was changed"
  std::string where;  ///< "object 12", "field Họ tên: a → b"
};

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
  std::vector<ReportedChange> changes;  ///< forbidden ones first
  bool trusted = false;  ///< path to a trust anchor of the site at the best-proven time
  enum class Revocation { good, revoked, notOffered, unknown } revocation = Revocation::unknown;
  std::optional<Time> revokedAt;
  std::string signer, issuer, serial;
  std::optional<Time> claimedAt;  ///< the signer's own word, not proven
  std::optional<Time> provenAt;   ///< existed then, by the oldest timestamp that holds
  /// "B-B", "B-T", "B-LT", "B-LTA" (EN 319 142-1); "PKCS7", "X509", "timestamp"; "" when unknown.
  std::string level;
  std::string permissions;  ///< what it allows after itself: "DocMDP 2, FieldMDP Include: a" …
  std::vector<std::string> path;        ///< subjects from the signer to the anchor
  std::vector<std::string> algorithms;  ///< "SHA256", "rsaEncryption-2048" …
  /// What it shows on the document, against what was signed. It never makes anything valid.
  struct Appearance {
    bool painted = false;    ///< else the signature is invisible
    std::size_t page = 0;    ///< counted from 1; 0: no page shows it
    bool wasSigned = false;  ///< part of the signed revision
    bool unchanged = false;  ///< … and drawn from the same objects still
    std::string text;        ///< UTF-8, its lines apart
    /// What the text says of the signer (the certificate's subject) and of the time of signing.
    enum class Says { nothing, same, other } name = Says::nothing, time = Says::nothing;
    std::vector<std::string> warnings;  ///< English, as tr() message ids
  } appearance;
  Indication indication = Indication::indeterminate;
  std::string subIndication;  ///< of the standard: HASH_FAILURE, NO_CERTIFICATE_CHAIN_FOUND …
  std::string reason;         ///< the finding that decided; a tr() message id, "" when passed
  std::vector<std::string> findings;  ///< English, as tr() message ids: what led to the verdict
  /// For other tools to check again: bytes as they stand in the file, DER.
  struct Evidence {
    std::uint64_t signedEnd = 0;  ///< the signed revision is the file up to here; 0: not known
    std::array<std::uint64_t, 4> byteRange{};
    std::string cms;                        ///< without its padding
    std::vector<std::string> certificates;  ///< the path, signer first
    std::vector<std::string> revocation;    ///< OCSP responses and lists relied on
    std::vector<std::string> timestamps;    ///< tokens inside the signature
    std::string value;                      ///< signature value
  } evidence;
};

/// How to verify; the defaults are a site's.
struct VerificationOptions {
  Time at{};   ///< the time of validation
  Time now{};  ///< the clock; differs from `at` when asked about another day
  /// When revocation must be known for a verdict of TOTAL-PASSED; without it the answer is
  /// INDETERMINATE / TRY_LATER.
  enum class Revocation {
    required,   ///< of every certificate but the anchor
    offered,    ///< of those whose issuer says where to ask
    available,  ///< of none; what is there still counts
  } revocation = Revocation::offered;
  /// How long an OCSP response or a list without nextUpdate is fresh.
  std::chrono::seconds maxAge = std::chrono::hours{24};
  std::vector<std::string> fetched;  ///< OCSP responses and lists from the network, DER
};

struct VerificationReport {
  Time validatedAt{};
  std::vector<SignatureReport> signatures;
  /// The file could not be read as a PDF: never valid; one failed signature stands for any inside.
  std::optional<ItemError> unreadable;
  /// Certificates on trusted paths whose revocation is not known; DER of subject and issuer.
  std::vector<std::pair<std::string, std::string>> wanted;
  /// The worst of all signatures; indeterminate when there is none, or only timestamps: anybody
  /// can have those. Ones that are merely undetermined weaken no signature that passed without
  /// them.
  Indication overall() const;
  bool onlyTimestamps() const;
  /// The finding that decided over the file, a tr() message id; "" when it passed or has none.
  std::string_view deciding() const;
};

/// One word for scripts: "valid", "invalid", "indeterminate", "unsigned" or "malformed".
std::string_view verdictOf(const VerificationReport& report);

}  // namespace sohoa
