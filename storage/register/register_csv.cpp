#include <algorithm>
#include <map>

#include "storage/register/register.h"
#include "storage/tables/csv.h"

namespace sohoa {

RegisterFile readRegister(const std::filesystem::path& file, const RegisterOptions& options) {
  RegisterReader reader(file, options);
  RegisterFile whole;
  std::map<std::string, std::size_t> rowOfCode;
  const auto problem = [&](RegisterProblem what) { whole.problems.push_back(std::move(what)); };
  while (auto next = reader.next(problem)) {
    const auto [known, added] = rowOfCode.emplace(next->row.dossierCode, whole.rows.size());
    if (added) {
      whole.rows.push_back(std::move(next->row));
    } else if (whole.rows[known->second] != next->row) {
      problem({next->line, kSameCodeOtherContent, next->row.dossierCode});
    }
  }
  return whole;
}

std::string registerCsvHeader() {
  std::string text;
  forEachRegisterColumn([&](RegisterColumn column) {
    text += (text.empty() ? "" : ",") + std::string(nameOf(column));
  });
  return text + '\n';
}

std::string registerCsvLine(const RegisterRow& row) {
  std::string text;
  forEachRegisterColumn([&](RegisterColumn column) {
    if (column != RegisterColumn::code) text += ',';
    text += csvField(valueOf(row, column));
  });
  return text + '\n';
}

std::string writeRegisterCsv(const std::vector<RegisterRow>& rows) {
  std::vector<const RegisterRow*> sorted;
  for (const RegisterRow& row : rows) sorted.push_back(&row);
  std::sort(sorted.begin(), sorted.end(), [](const RegisterRow* a, const RegisterRow* b) {
    return a->dossierCode < b->dossierCode;
  });
  std::string text = registerCsvHeader();
  for (const RegisterRow* row : sorted) text += registerCsvLine(*row);
  return text;
}

}  // namespace sohoa
