#include "storage/register.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <map>
#include <optional>

#include "core/dossier_code.h"
#include "core/handle.h"
#include "core/result.h"
#include "core/text.h"
#include "storage/csv.h"
#include "storage/fold.h"

namespace sohoa {
namespace {

enum Column {
  kCode,
  kProcedureCode,
  kProcedureName,
  kUnit,
  kReceivedOn,
  kResolvedOn,
  kMedium,
  kApplicant,
  kResultNumber,
  kResultDate,
  kColumns
};

struct ColumnName {
  std::string_view name;        ///< as we write it
  std::string_view vietnamese;  ///< folded, as one-stop systems export it
};
constexpr std::array<ColumnName, kColumns> kNames = {{{"dossier_code", "ma ho so"},
                                                      {"procedure_code", "ma thu tuc"},
                                                      {"procedure_name", "ten thu tuc"},
                                                      {"unit", "don vi"},
                                                      {"received_on", "ngay tiep nhan"},
                                                      {"resolved_on", "ngay tra ket qua"},
                                                      {"medium", "hinh thuc"},
                                                      {"applicant", "nguoi nop"},
                                                      {"result_number", "so ky hieu"},
                                                      {"result_date", "ngay ket qua"}}};

[[noreturn]] void refuse(const std::string& detail) {
  throw BatchError(Cause::registerFormat, detail);
}

int lineAt(std::string_view text, std::size_t offset) {
  return 1 +
         static_cast<int>(std::count(text.begin(), text.begin() + static_cast<long>(offset), '\n'));
}

void requireUtf8(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    refuse("the file is UTF-16; save it as \"CSV UTF-8\"");
  }
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t code = 0;
    const auto n =
        utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &code);
    if (n <= 0) {
      refuse("line " + std::to_string(lineAt(text, at)) +
             " is not UTF-8; the file may be Windows-1258, TCVN3 or VNI: save it as \"CSV UTF-8\"");
    }
    if (code == 0) {
      refuse("line " + std::to_string(lineAt(text, at)) + " holds a zero byte: not a text file");
    }
    at += static_cast<std::size_t>(n);
  }
}

/// The separator that stands most often in the header, outside quotes.
char separatorOf(std::string_view text) {
  std::map<char, int> counts{{',', 0}, {';', 0}, {'\t', 0}};
  bool quoted = false;
  for (char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n') break;
    if (const auto count = counts.find(c); count != counts.end()) ++count->second;
  }
  return std::max_element(counts.begin(), counts.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

/// Composed (NFC), without white space at the ends: the same name in two spellings must not become
/// two units of a report.
std::string clean(const std::string& field) {
  const auto begin = field.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  const std::string trimmed = field.substr(begin, field.find_last_not_of(" \t\r\n") - begin + 1);
  const Handle<utf8proc_uint8_t, std::free> composed(
      utf8proc_NFC(reinterpret_cast<const utf8proc_uint8_t*>(trimmed.c_str())));
  return composed ? reinterpret_cast<const char*>(composed.get()) : trimmed;
}

/// 2021-09-10, or 10/09/2021 (also 1/9/2021), perhaps with a time of day behind it.
std::optional<Day> parseDay(const std::string& text) {
  const std::string day = text.substr(0, text.find_first_of(" T"));
  if (const auto iso = parseIsoDay(day)) return iso;
  std::array<int, 3> parts{};
  const char *at = day.data(), *end = day.data() + day.size();
  for (std::size_t i = 0; i < 3; ++i) {
    const auto [next, error] = std::from_chars(at, end, parts[i]);
    if (error != std::errc() || (i < 2 && (next == end || *next != '/'))) return std::nullopt;
    at = i < 2 ? next + 1 : next;
  }
  const auto slash = day.rfind('/');
  if (at != end || day.size() - slash != 5) return std::nullopt;  // year of four digits
  const Day result{std::chrono::year{parts[2]}, std::chrono::month{static_cast<unsigned>(parts[1])},
                   std::chrono::day{static_cast<unsigned>(parts[0])}};
  if (!result.ok()) return std::nullopt;
  return result;
}

std::optional<std::string> parseMedium(const std::string& text) {
  const std::string folded = foldText(text);
  if (folded.empty()) return "";
  if (folded == "paper" || folded == "giay" || folded == "truc tiep") return "paper";
  if (folded == "online" || folded == "truc tuyen") return "online";
  return std::nullopt;
}

class Reader {
 public:
  void onRecord(const std::vector<std::string>& fields, int line) {
    if (!haveHeader_) return readHeader(fields);
    if (std::all_of(fields.begin(), fields.end(), [](const auto& f) { return clean(f).empty(); })) {
      return;
    }
    readRow(fields, line);
  }

  RegisterFile finish() {
    if (!haveHeader_) refuse("the file is empty");
    return std::move(file_);
  }

 private:
  void readHeader(const std::vector<std::string>& fields) {
    haveHeader_ = true;
    places_.fill(-1);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const std::string folded = foldText(fields[i]);
      for (std::size_t column = 0; column < kColumns; ++column) {
        if (folded != foldText(kNames[column].name) && folded != kNames[column].vietnamese) {
          continue;
        }
        if (places_[column] >= 0) {
          refuse("the header names the column " + std::string(kNames[column].name) + " twice");
        }
        places_[column] = static_cast<int>(i);
      }
    }
    for (const Column required : {kCode, kReceivedOn}) {
      if (places_[required] < 0) {
        refuse("the header has no column " + std::string(kNames[required].name));
      }
    }
  }

  void readRow(const std::vector<std::string>& fields, int line) {
    const auto field = [&](Column column) {
      const int place = places_[column];
      return place < 0 || static_cast<std::size_t>(place) >= fields.size()
                 ? std::string()
                 : clean(fields[static_cast<std::size_t>(place)]);
    };
    const auto problem = [&](const char* what, const std::string& value) {
      file_.problems.push_back({line, what, value});
    };
    RegisterRow row;
    row.dossierCode = field(kCode);
    row.procedureCode = field(kProcedureCode);
    row.procedureName = field(kProcedureName);
    row.unit = field(kUnit);
    row.applicant = field(kApplicant);
    row.resultNumber = field(kResultNumber);
    if (!DossierCode::parse(row.dossierCode)) {
      return problem(textId("not a dossier code"), row.dossierCode);
    }
    const auto received = parseDay(field(kReceivedOn));
    if (!received) return problem(textId("not a day (received_on)"), field(kReceivedOn));
    row.receivedOn = *received;
    if (const std::string text = field(kResolvedOn); !text.empty()) {
      row.resolvedOn = parseDay(text);
      if (!row.resolvedOn) return problem(textId("not a day (resolved_on)"), text);
    }
    if (const std::string text = field(kResultDate); !text.empty()) {
      row.resultDate = parseDay(text);
      if (!row.resultDate) return problem(textId("not a day (result_date)"), text);
    }
    const auto medium = parseMedium(field(kMedium));
    if (!medium) return problem(textId("the medium is neither paper nor online"), field(kMedium));
    row.medium = *medium;
    const auto [known, added] = rowOfCode_.emplace(row.dossierCode, file_.rows.size());
    if (added) {
      file_.rows.push_back(std::move(row));
    } else if (file_.rows[known->second] != row) {
      problem(textId("this dossier code stands in an earlier row with other content"),
              row.dossierCode);
    }
  }

  bool haveHeader_ = false;
  std::array<int, kColumns> places_{};
  std::map<std::string, std::size_t> rowOfCode_;
  RegisterFile file_;
};

}  // namespace

RegisterFile readRegisterCsv(const std::string& bytes) {
  std::string_view text = bytes;
  requireUtf8(text);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Reader reader;
  int line = 1;
  const bool closed = readCsv(
      text, separatorOf(text),
      [&](const std::vector<std::string>& fields, int at) { reader.onRecord(fields, at); }, line);
  if (!closed) refuse("a quoted field that begins in line " + std::to_string(line) + " has no end");
  return reader.finish();
}

std::string writeRegisterCsv(const std::vector<RegisterRow>& rows) {
  std::vector<const RegisterRow*> sorted;
  for (const RegisterRow& row : rows) sorted.push_back(&row);
  std::sort(sorted.begin(), sorted.end(), [](const RegisterRow* a, const RegisterRow* b) {
    return a->dossierCode < b->dossierCode;
  });
  std::string text;
  for (const ColumnName& column : kNames) {
    text += (text.empty() ? "" : ",") + std::string(column.name);
  }
  text += '\n';
  for (const RegisterRow* row : sorted) {
    for (const std::string& field :
         {row->dossierCode, row->procedureCode, row->procedureName, row->unit,
          isoDay(row->receivedOn), row->resolvedOn ? isoDay(*row->resolvedOn) : "", row->medium,
          row->applicant, row->resultNumber}) {
      text += csvField(field) + ',';
    }
    text += (row->resultDate ? isoDay(*row->resultDate) : "") + '\n';
  }
  return text;
}

}  // namespace sohoa
