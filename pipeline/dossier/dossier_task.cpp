#include "pipeline/dossier/dossier_task.h"

#include "storage/catalogue/catalogue_rebuild.h"

namespace sohoa {

std::string objectIdOf(const IntakeItem& item) {
  return std::string(kDossierObjectPrefix) + item.code;
}

std::vector<OriginalFile> originalsOf(const IntakeItem& item) {
  std::vector<OriginalFile> originals;
  for (const IntakeFile& file : item.files) originals.push_back(file.original);
  return originals;
}

std::set<std::string> acceptedCauses(const Docket& docket) {
  if (!docket.decision) return {};
  return {docket.decision->causes.begin(), docket.decision->causes.end()};
}

std::vector<PageReading> readingsOf(const Docket& docket) {
  std::vector<PageReading> readings;
  for (const PageAttempt& page : docket.pages) {
    readings.push_back(page.reading ? *page.reading : PageReading{});
  }
  return readings;
}

}  // namespace sohoa
