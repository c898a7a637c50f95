#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/record.h"
#include "pipeline/site/site.h"

namespace sohoa {

/// A filed result (kết quả TTHC) by its code `<dossier code>-KQ<n>` (NĐ 45/2020/NĐ-CP, Art 14.3),
/// with the dossier it belongs to.
struct FiledResult {
  DossierRecord record;  ///< of the newest version
  std::size_t document = 0;
  int version = 0;
  const DocumentRecord& result() const { return record.documents.at(document); }
};
/// `code` is a result's, or a dossier's that has one result. Nothing when there is none, or when a
/// dossier has several. Throws BatchError(repositoryDamaged).
std::optional<FiledResult> findResult(const Site& site, const std::string& code);

/// What a person decides about a result. What is not set stays as it is.
struct ResultChange {
  std::optional<ResultState> state;
  std::optional<Day> from, until;
  std::string replacedBy;                        ///< with state replaced: a filed result's code
  std::optional<std::string> retention, access;  ///< of the whole dossier
  std::map<std::string, std::string> keyed;      ///< fields of the document, canonical values
  std::string person, reason;
};

struct ResultChanged {
  std::string result;
  int version = 0;
  bool changed = false;  ///< false: it was so already
  ResultStatus status;
};

/// Files a new version of the dossier in which only metadata.json differs, then the catalogue's
/// row, then the ledger entries `result.<state>`, `result.term`, `dossier.classified`,
/// `review.corrected` or `dossier.counted` with old and new value and reason. Killed anywhere and
/// called again, it completes what is missing. Takes the site's lock. Throws BatchError.
ResultChanged changeResult(const Site& site, const FiledResult& filed, const ResultChange& change);

/// A dossier that is filed again keeps what persons decided about its results, and its retention
/// and access.
void keepStanding(const DossierRecord& before, DossierRecord& now);

/// Fields that differ, as the ledger tells them: "old"/"new" and the like. For entries and tests.
struct StandingDifference {
  std::string action, subject;
  std::map<std::string, std::string> details;
};
std::vector<StandingDifference> standingDifferences(const DossierRecord& before,
                                                    const DossierRecord& now);

}  // namespace sohoa
