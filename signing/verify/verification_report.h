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

class PageRenderer;

/// Main status indication of ETSI EN 319 102-1, 5.1.3; nameOf() gives the standard's wording.
enum class Indication { totalPassed, totalFailed, indeterminate };
std::string_view nameOf(Indication indication);  ///< "TOTAL-PASSED" …

/// One change made by a later revision.
struct ReportedChange {
  bool permitted = false;
  std::string words;  ///< English, tr() message id: "a page was changed"
  std::string where;  ///< "object 12", "field Họ tên: a → b"
};

/// Facts about one signature, each on its own; no single fact means "valid".
struct SignatureReport {
  std::string field;  ///< form field name, UTF-8; empty: no field refers to it
  enum class Kind { signature, certification, timestamp } kind = Kind::signature;
  bool malformed = false;         ///< structure that no honest signer writes
  bool digestMatches = false;     ///< digest over the byte range
  bool signatureMatches = false;  ///< signature value over the signed attributes
  /// What the byte range covers: the whole file, a complete earlier revision, or anything else.
  enum class Coverage { whole, revision, anomalous } coverage = Coverage::anomalous;
  /// What later revisions changed. notExamined: the comparison was not possible.
  enum class Changes {
    none,
    permitted,
    forbidden,
    notExamined
  } changesAfter = Changes::notExamined;
  std::vector<ReportedChange> changes;  ///< forbidden ones first
  bool trusted = false;                 ///< path to a site anchor at the best-proven time
  enum class Revocation { good, revoked, notOffered, unknown } revocation = Revocation::unknown;
  std::optional<Time> revokedAt;
  std::string signer, issuer, serial;
  std::optional<Time> claimedAt;  ///< the signer's claim (/M), not proven
  std::optional<Time> provenAt;   ///< existed at this time, by the oldest timestamp that holds
  /// "B-B", "B-T", "B-LT", "B-LTA" (EN 319 142-1); "PKCS7", "X509", "timestamp"; "" when unknown.
  std::string level;
  std::string permissions;  ///< restrictions on later changes: "DocMDP 2, FieldMDP Include" …
  std::vector<std::string> path;        ///< subjects, signer first, anchor last
  std::vector<std::string> algorithms;  ///< "SHA256", "rsaEncryption-2048" …
  /// What the signature shows on the page, compared with what was signed. Never makes a signature
  /// valid.
  struct Appearance {
    bool painted = false;    ///< false: the signature is invisible
    std::size_t page = 0;    ///< counted from 1; 0: not on any page
    bool wasSigned = false;  ///< the appearance is part of the signed revision
    bool unchanged = false;  ///< and still drawn from the same objects
    std::string text;        ///< UTF-8, lines separated by \n
    /// What the text says about the signer (compared with the certificate's subject) and the
    /// signing time.
    enum class Says { nothing, same, other } name = Says::nothing, time = Says::nothing;
    std::vector<std::string> warnings;  ///< English, tr() message ids
  } appearance;
  Indication indication = Indication::indeterminate;
  std::string subIndication;  ///< of EN 319 102-1: HASH_FAILURE, NO_CERTIFICATE_CHAIN_FOUND …
  std::string reason;         ///< deciding finding; tr() message id, "" when passed
  std::vector<std::string> findings;  ///< English, tr() message ids: steps to the verdict
  /// Bytes as they stand in the file (DER), for checking again with other tools.
  struct Evidence {
    std::uint64_t signedEnd = 0;  ///< the signed revision is the file up to here; 0: unknown
    std::array<std::uint64_t, 4> byteRange{};
    std::string cms;                        ///< without the padding of /Contents
    std::vector<std::string> certificates;  ///< the path, signer first
    std::vector<std::string> revocation;    ///< OCSP responses and CRLs relied on
    std::vector<std::string> timestamps;    ///< tokens inside the signature
    std::string value;                      ///< octets of the signature value
  } evidence;
};

/// Options of a verification; the defaults are those of a site.
struct VerificationOptions {
  Time at{};   ///< validation time
  Time now{};  ///< the clock; differs from `at` when validating for another day
  /// Which certificates must have a known revocation status for TOTAL-PASSED; if one is unknown,
  /// the verdict is INDETERMINATE / TRY_LATER.
  enum class Revocation {
    required,   ///< every certificate of the path except the anchor
    offered,    ///< those that name an OCSP responder or a CRL
    available,  ///< none; data at hand is still used
  } revocation = Revocation::offered;
  /// How long an OCSP response or a CRL without nextUpdate is fresh.
  std::chrono::seconds maxAge = std::chrono::hours{24};
  std::vector<std::string> fetched;  ///< OCSP responses and CRLs from the network, DER
  /// Draws pages that later revisions put something on; null: nothing may lie over what was there.
  PageRenderer* renderer = nullptr;
};

struct VerificationReport {
  Time validatedAt{};
  std::vector<SignatureReport> signatures;
  /// Set when the file could not be read as a PDF; then it is never valid. If it contains a
  /// /ByteRange, `signatures` holds one undetermined entry for whatever signatures are inside.
  std::optional<ItemError> unreadable;
  /// Certificates on trusted paths whose revocation status is unknown: DER of certificate and
  /// issuer.
  std::vector<std::pair<std::string, std::string>> wanted;
  /// The worst indication of all signatures; indeterminate when there is none, or only timestamps,
  /// which anybody can obtain. A timestamp that is merely indeterminate does not weaken signatures
  /// that passed without it.
  Indication overall() const;
  bool onlyTimestamps() const;
  /// The finding that decided the file's verdict, a tr() message id; "" when it passed or has none.
  std::string_view deciding() const;
};

/// The verdict for scripts: "valid", "invalid", "indeterminate", "unsigned" or "malformed".
std::string_view verdictOf(const VerificationReport& report);

}  // namespace sohoa
