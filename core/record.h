#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/digest.h"
#include "core/document_fields.h"

namespace sohoa {

/// A row of the one-stop register (sổ một cửa): the denominator of every ratio.
struct RegisterRow {
  std::string dossierCode;
  std::string procedureCode, procedureName;
  std::string unit;
  Day receivedOn{};
  std::optional<Day> resolvedOn;
  std::string medium;  ///< "paper" or "online"
  std::string applicant;
  std::string resultNumber;  ///< số, ký hiệu of the result, for example 1234/QĐ-STNMT; may be empty
  std::optional<Day> resultDate;
  /// Why the paper is not to be digitised; empty when it is: "shared_data", "photocopy",
  /// "show_only", "secret" (TT 01/2023, Art. 4).
  std::string excludedReason;
  bool operator==(const RegisterRow&) const = default;
};

/// Where an original comes from that came in as part of a stack of several dossiers.
struct StackSource {
  std::string stack;                ///< name of the file or folder in its batch
  std::string file;                 ///< the file in it; the same as `stack` when it is one
  Sha512 sha512{};                  ///< of that whole file, as it came in
  int firstPage = 1, lastPage = 1;  ///< in that file, from 1
  bool operator==(const StackSource&) const = default;
};

/// An original as it came in; its bytes are kept with the object under originals/<name>. A page out
/// of a file with pages of other dossiers is kept as a file of its own, its image data as they
/// were.
struct OriginalFile {
  std::string name;
  std::uint64_t bytes = 0;
  Sha512 sha512{};
  int pages = 0;
  bool separator =
      false;  ///< a separator sheet or its back: kept and counted, not part of a document
  std::optional<StackSource> source;
  bool operator==(const OriginalFile&) const = default;
};

enum class PageOutcome {
  recognised,
  flagged,  ///< kept in the document without (trustworthy) text: blank, photograph, unread …
};

struct PageRecord {
  int number = 0;        ///< in its document, from 1
  std::string original;  ///< name of the original file
  int originalPage = 0;  ///< in that file, from 1
  std::string replaces;  ///< of a page scanned again: the page it stands for, kept in originals/
  int width = 0, height = 0;
  double xDpi = 0, yDpi = 0;
  int rotation = 0;
  double skewDegrees = 0;
  PageOutcome outcome = PageOutcome::recognised;
  std::vector<std::string>
      flags;  ///< "blank", "rotated", "dpi_assumed", cause codes a person accepted
  double inkShare = 0;
  double confidence = 0;
  int words = 0, suspectWords = 0;
};

struct SignatureRecord {
  std::string signer, issuer, serial;  ///< distinguished names (RFC 2253), serial in hexadecimal
  std::string level;                   ///< "PAdES B-B"
  Time claimedAt{};
};

enum class DocumentOrigin {
  digitised,   ///< made and signed by sohoa from scans
  asReceived,  ///< came in already signed; filed untouched
};

/// Whether a result still has force. Nothing is ever deleted: a result that was withdrawn stays
/// for as long as its sector keeps it (NĐ 45/2020/NĐ-CP, Art 14).
enum class ResultState {
  inForce,    ///< còn hiệu lực
  expired,    ///< hết hiệu lực
  withdrawn,  ///< bị thu hồi, hủy
  replaced,   ///< được thay thế
};
std::string_view nameOf(ResultState state);  ///< "in_force", "expired", "withdrawn", "replaced"
std::optional<ResultState> resultStateFrom(std::string_view name);

/// The state of one result as a person last set it, with who, when and why.
struct ResultStatus {
  ResultState state = ResultState::inForce;
  std::optional<Day> from, until;  ///< term of validity; `until` is its last day
  std::string replacedBy;          ///< result code, when replaced
  std::string person, reason;
  Time at{};
  /// The state on a day: a result in force whose term has ended counts as expired.
  ResultState on(Day day) const;
  bool operator==(const ResultStatus&) const = default;
};

struct DocumentRecord {
  std::string code;  ///< <dossier code>-KQ<n>
  std::string file;  ///< logical path in the object: documents/<code>.pdf
  std::string title;
  DocumentOrigin origin = DocumentOrigin::digitised;
  Sha512 sha512{};
  std::uint64_t bytes = 0;
  std::vector<PageRecord> pages;
  std::optional<SignatureRecord> signature;
  std::string verdict;  ///< of the verification before filing: TOTAL-PASSED, …
  /// Fields of the document with where each came from: "number" -> {"1234/QĐ-STNMT", "register"}
  using Field = DocumentField;
  FieldMap fields;
  /// Further papers among its pages (an application form, minutes), with their own fields.
  std::vector<DocumentFields> attachments;
  std::optional<ResultStatus>
      status;  ///< none: in force since it was filed; no person has decided about it
};

/// How a result came to be, enough to repeat it.
struct Provenance {
  std::string sohoa, tesseract, leptonica, model, modelSha256, cpu;
};

/// Two images that show the same page, or nearly: reported, never dropped.
struct PageTwin {
  enum class Kind {
    same,   ///< equal to the byte
    alike,  ///< one sheet scanned twice, as far as the ink and the words tell
  };
  Kind kind = Kind::same;
  std::string page;     ///< of this dossier: "003.jpg", or "stack.tif, 3"
  std::string other;    ///< likewise
  std::string dossier;  ///< folder of the batch that holds the other; empty: this one
  bool operator==(const PageTwin&) const = default;
};

/// A person's decision that let a held dossier pass.
struct ReviewDecision {
  std::string person, reason;
  std::vector<std::string> causes;  ///< what had held it
  Time at{};
};

/// Everything about one filing of one dossier: metadata.json of the object, from which the
/// catalogue can be rebuilt.
struct DossierRecord {
  std::string code;
  std::string batch;
  std::optional<RegisterRow> registered;  ///< the register's row at filing time
  std::vector<OriginalFile> originals;
  /// Sides of paper with content, counted by a person before scanning; 0: not counted.
  int declaredPages = 0;
  std::vector<PageTwin> twins;
  std::vector<DocumentRecord> documents;
  bool counted = false;          ///< counts toward the digitised dossiers
  std::string notCountedReason;  ///< code, when not counted
  std::optional<ReviewDecision> decision;
  std::string retention;  ///< thời hạn bảo quản: "Vĩnh viễn", "70 năm" …; empty: not set
  std::string access;  ///< chế độ sử dụng: "Hạn chế", "Không hạn chế" …; empty: not set
  Provenance provenance;
  Time receivedAt{};  ///< when its batch was taken in
  Time filedAt{};
};

/// metadata.json, format 1: UTF-8, sorted keys, indented by 2.
std::string toJson(const DossierRecord& record);
/// Throws std::runtime_error naming what is wrong.
DossierRecord recordFromJson(const std::string& json);

/// The fingerprint of what came in: sha512 over the sorted lines "<name>\0<sha512>\n". Equal
/// fingerprints mean the same scans, so nothing is filed twice.
Sha512 contentFingerprint(const std::vector<OriginalFile>& originals);

}  // namespace sohoa
