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

/// Judges one page: orientation, unread ink, confidence, and whether it could be read at all. A
/// blank page passes; it is kept, and flagged in its record.
std::optional<ItemError> judgePage(const PageAttempt& page, const QualityConfig& quality);

/// Builds the page's entry for metadata.json. `accepted` are the cause codes that a person
/// accepted: a page with one of these problems is flagged with its code.
PageRecord pageRecord(const PageAttempt& page, int number, const QualityConfig& quality,
                      const std::set<std::string>& accepted);

}  // namespace sohoa
