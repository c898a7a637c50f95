#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "pipeline/dossier/dossier_documents.h"
#include "pipeline/dossier/quality_gate.h"
#include "pipeline/site/shared_work.h"
#include "storage/catalogue/catalogue.h"

namespace sohoa {

/// One dossier in progress: where its scans lie and what is known about it.
struct DossierTask {
  DossierTask() = default;
  DossierTask(DossierTask&&) =
      default;  // pages point into item.files, which a copy would leave behind
  DossierTask& operator=(DossierTask&&) = default;
  std::string batch;
  Time receivedAt{};
  IntakeItem item;
  std::filesystem::path scans;                  ///< its folder (or the stray file)
  std::filesystem::path work;                   ///< its work files: readings/, PDFs being made
  std::optional<ReviewDecision> decision;       ///< set when it comes from review
  FieldMap keyed;                               ///< fields that a person keyed in there
  std::vector<PageAttempt> pages;               ///< all pages that are to be packaged, in order
  std::vector<std::filesystem::path> readings;  ///< file of each page's reading, same order
  std::optional<SharedWork::Job> job;           ///< where several hosts share the work
};

/// The dossier's object in the repository.
std::string objectIdOf(const IntakeItem& item);
std::vector<OriginalFile> originalsOf(const IntakeItem& item);
/// Codes of the causes that a person accepted in review.
std::set<std::string> acceptedCauses(const DossierTask& task);
/// Readings of its pages, in order; an empty one where a page could not be read.
std::vector<PageReading> readingsOf(const DossierTask& task);

}  // namespace sohoa
