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
  DossierTask(DossierTask&&) = default;  // movable, not copyable: pages point into item.files
  DossierTask& operator=(DossierTask&&) = default;
  std::string batch;
  Time receivedAt{};
  IntakeItem item;
  std::filesystem::path scans;             ///< folder of the scans (or the stray file)
  std::filesystem::path work;              ///< folder of work files: readings/, PDFs being made
  std::optional<ReviewDecision> decision;  ///< set when the dossier comes from review
  FieldMap keyed;                          ///< fields keyed in during review
  std::vector<PageAttempt> pages;          ///< all pages to be packaged, in order
  std::vector<std::filesystem::path> readings;  ///< file of each page's reading, in the same order
  std::optional<SharedWork::Job> job;           ///< set when several hosts share the work
};

/// Identifier of the dossier's object in the repository.
std::string objectIdOf(const IntakeItem& item);
std::vector<OriginalFile> originalsOf(const IntakeItem& item);
/// Codes of the causes that a person accepted in review.
std::set<std::string> acceptedCauses(const DossierTask& task);
/// Readings of its pages, in order; an empty one where a page could not be read.
std::vector<PageReading> readingsOf(const DossierTask& task);

}  // namespace sohoa
