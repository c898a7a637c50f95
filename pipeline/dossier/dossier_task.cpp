#include "pipeline/dossier/dossier_task.h"

#include "storage/catalogue/dossier_object.h"

namespace sohoa {

std::string objectIdOf(const IntakeItem& item) {
  return std::string(kDossierObjectPrefix) + item.code;
}

std::vector<OriginalFile> originalsOf(const IntakeItem& item) {
  std::vector<OriginalFile> originals;
  for (const IntakeFile& file : item.files) originals.push_back(file.original);
  return originals;
}

std::set<std::string> acceptedCauses(const DossierTask& task) {
  if (!task.decision) return {};
  return {task.decision->causes.begin(), task.decision->causes.end()};
}

std::vector<PageReading> readingsOf(const DossierTask& task) {
  std::vector<PageReading> readings;
  for (const PageAttempt& page : task.pages) {
    readings.push_back(page.reading ? *page.reading : PageReading{});
  }
  return readings;
}

}  // namespace sohoa
