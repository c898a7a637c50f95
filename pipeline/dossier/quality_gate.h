#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/reading.h"
#include "core/record.h"
#include "core/result.h"
#include "pipeline/batch/batch.h"
#include "pipeline/site/site.h"

namespace sohoa {

/// A page of a dossier and the outcome of reading it.
struct PageAttempt {
  const IntakeFile* file = nullptr;
  int index = 0;  ///< in that file, from 0
  Result<PageReading> reading = ItemError{};
};

/// Judges a dossier before any page is read: gaps in the numbering, resolution.
std::vector<ItemError> judgeIntake(const IntakeItem& item, const QualityConfig& quality);

/// Judges one page: orientation, unread ink, confidence; a page that could not be read at all.
/// A blank page passes; it is flagged in its record and kept.
std::optional<ItemError> judgePage(const PageAttempt& page, const QualityConfig& quality);

/// The page's entry in metadata.json. `accepted` are the cause codes a person let pass: a page with
/// one of them is flagged with it.
PageRecord pageRecord(const PageAttempt& page, int number, const QualityConfig& quality,
                      const std::set<std::string>& accepted);

}  // namespace sohoa
