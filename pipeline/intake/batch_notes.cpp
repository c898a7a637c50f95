#include "pipeline/intake/batch_notes.h"

#include <algorithm>
#include <charconv>
#include <sstream>

#include "core/durable.h"
#include "pipeline/intake/manifest.h"
#include "storage/ledger/ledger.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kScannedBy = "scanned_by:", kPages = "pages:";

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

void add(std::vector<std::string>& persons, const std::string& person) {
  const bool known = std::find(persons.begin(), persons.end(), person) != persons.end();
  if (!person.empty() && !known) persons.push_back(person);
}

}  // namespace

BatchNotes readBatchNotes(const fs::path& batch) {
  BatchNotes notes;
  const fs::path file = batch / kDoneName;
  if (!fs::is_regular_file(file)) return notes;
  std::istringstream lines(readFile(file));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(kScannedBy)) add(notes.scannedBy, trimmed(line.substr(kScannedBy.size())));
    if (!line.starts_with(kPages)) continue;
    const std::string rest = trimmed(line.substr(kPages.size()));
    const auto space = rest.find_last_of(" \t");
    if (space == std::string::npos) continue;
    int pages = 0;
    const char* end = rest.data() + rest.size();
    const auto [at, error] = std::from_chars(rest.data() + space + 1, end, pages);
    if (error == std::errc() && at == end && pages > 0)
      notes.pages[trimmed(rest.substr(0, space))] = pages;
  }
  return notes;
}

std::string writeBatchNotes(const BatchNotes& notes) {
  std::string text;
  for (const std::string& person : notes.scannedBy)
    text += std::string(kScannedBy) + " " + person + "\n";
  for (const auto& [folder, pages] : notes.pages) {
    text += std::string(kPages) + " " + folder + " " + std::to_string(pages) + "\n";
  }
  return text;
}

void addScanners(const Site& site, const std::string& folder, BatchNotes& notes) {
  std::vector<std::string> newest;
  Ledger(site.ledger()).forEachWith("\"batch.scanned\"", [&](const LedgerEntry& entry) {
    if (entry.action != "batch.scanned" || entry.subject != folder) return;
    newest = {entry.actor};
    const auto persons = entry.details.find("persons");
    if (persons == entry.details.end()) return;
    std::istringstream names(persons->second);
    for (std::string name; std::getline(names, name, ',');) add(newest, trimmed(name));
  });
  for (const std::string& person : newest) add(notes.scannedBy, person);
}

}  // namespace sohoa
