#include "storage/register/register_columns.h"

#include <algorithm>
#include <charconv>

#include "core/dossier_code.h"
#include "core/result.h"
#include "core/texts/text.h"
#include "storage/text/text_decoder.h"
#include "storage/text/text_folding.h"

namespace sohoa {
namespace {

struct ColumnName {
  std::string_view name;                   ///< as we write it
  std::vector<std::string_view> headings;  ///< folded, as one-stop systems export it
};

const std::array<ColumnName, kRegisterColumnCount>& names() {
  static const std::array<ColumnName, kRegisterColumnCount> kNames = {{
      {"dossier_code", {"ma ho so", "ma so ho so", "so ho so"}},
      {"procedure_code", {"ma thu tuc", "ma tthc"}},
      {"procedure_name", {"ten thu tuc", "ten tthc", "thu tuc", "ten thu tuc hanh chinh"}},
      {"unit", {"don vi", "don vi xu ly", "phong ban", "don vi giai quyet"}},
      {"received_on", {"ngay tiep nhan", "ngay nhan"}},
      {"resolved_on", {"ngay tra ket qua", "ngay tra", "ngay co ket qua"}},
      {"medium", {"hinh thuc", "hinh thuc nop", "hinh thuc tiep nhan"}},
      {"applicant", {"nguoi nop", "chu ho so", "nguoi nop ho so"}},
      {"result_number", {"so ky hieu", "so ket qua", "so ky hieu ket qua"}},
      {"result_date", {"ngay ket qua", "ngay ban hanh"}},
      {"excluded_reason", {"ly do khong so hoa", "khong so hoa"}},
  }};
  return kNames;
}

std::size_t indexOf(RegisterColumn column) { return static_cast<std::size_t>(column); }

[[noreturn]] void refuse(const std::string& detail) {
  throw BatchError(Cause::registerFormat, detail);
}

std::string_view trimmed(std::string_view field) {
  // A no-break space is what copying from a web page leaves.
  constexpr std::string_view kNoBreak = "\xC2\xA0";
  for (;;) {
    if (field.starts_with(kNoBreak)) {
      field.remove_prefix(2);
    } else if (field.ends_with(kNoBreak)) {
      field.remove_suffix(2);
    } else if (!field.empty() &&
               std::string_view(" \t\r\n").find(field.front()) != std::string_view::npos) {
      field.remove_prefix(1);
    } else if (!field.empty() &&
               std::string_view(" \t\r\n").find(field.back()) != std::string_view::npos) {
      field.remove_suffix(1);
    } else {
      return field;
    }
  }
}

/// Composed, without white space at the ends: the same name in two spellings must not become two
/// units of a report.
std::string clean(std::string_view field) { return composed(std::string(trimmed(field))); }

/// 10/09/2021, 1/9/2021, 10-09-2021, 10.09.2021
std::optional<Day> writtenDay(std::string_view text) {
  std::array<int, 3> parts{};
  const char *at = text.data(), *end = text.data() + text.size();
  for (std::size_t i = 0; i < 3; ++i) {
    const char* begin = at;
    const auto [next, error] = std::from_chars(at, end, parts[i]);
    if (error != std::errc() || parts[i] < 0 || next - begin > 4) return std::nullopt;
    if (i == 2)
      return next == end && next - begin == 4
                 ? std::optional(Day{std::chrono::year{parts[2]},
                                     std::chrono::month{static_cast<unsigned>(parts[1])},
                                     std::chrono::day{static_cast<unsigned>(parts[0])}})
                 : std::nullopt;
    if (next == end || (*next != '/' && *next != '-' && *next != '.')) return std::nullopt;
    at = next + 1;
  }
  return std::nullopt;
}

/// A day as a spreadsheet counts it, from 1980 to 2100: 44449 or 44449.354.
std::optional<Day> countedDay(std::string_view text, bool from1904) {
  constexpr int kFirst = 29'221, kLast = 73'415, kBetween = 1'462;
  int days = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
  const std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
  const bool whole =
      rest.empty() ||
      (rest.front() == '.' && rest.find_first_not_of("0123456789", 1) == std::string_view::npos);
  if (from1904) days += kBetween;
  if (error != std::errc() || !whole || days < kFirst || days > kLast) return std::nullopt;
  // ISO/IEC 29500-1, 18.17.4.1: day 25,569 is 1970-01-01
  return Day{std::chrono::sys_days{std::chrono::days{days - 25'569}}};
}

std::optional<std::string> mediumOf(std::string_view text) {
  const std::string folded = foldText(text);
  for (const std::string_view paper :
       {"paper", "giay", "truc tiep", "tai bo phan mot cua", "buu chinh"}) {
    if (folded == paper) return "paper";
  }
  for (const std::string_view online : {"online", "truc tuyen", "qua mang"}) {
    if (folded == online) return "online";
  }
  return std::nullopt;
}

/// TT 01/2023/TT-VPCP, Art. 4
std::optional<std::string> excludedReasonOf(std::string_view text) {
  static const std::map<std::string_view, std::vector<std::string_view>> kReasons = {
      {"shared_data",
       {"shared data", "da chia se", "da co du lieu", "da chia se du lieu", "du lieu da chia se"}},
      {"photocopy", {"photocopy", "ban sao", "ban chup", "ban photo", "ban sao chung thuc"}},
      {"show_only", {"show only", "xuat trinh", "chi xuat trinh", "chi de xuat trinh"}},
      {"secret", {"secret", "mat", "bi mat", "tai lieu mat", "bi mat nha nuoc"}}};
  const std::string folded = foldText(text);
  for (const auto& [reason, words] : kReasons) {
    if (std::find(words.begin(), words.end(), folded) != words.end()) return std::string(reason);
  }
  return std::nullopt;
}

/// Spreadsheets take 1.004220 for a number and drop its last digit.
std::string procedureCode(std::string code) {
  const bool number = code.size() >= 3 && code.size() < 8 && code[1] == '.' &&
                      code.find_first_not_of("0123456789", 2) == std::string::npos &&
                      code[0] >= '0' && code[0] <= '9';
  if (number) code.resize(8, '0');
  return code;
}

}  // namespace

std::string_view nameOf(RegisterColumn column) { return names()[indexOf(column)].name; }

std::optional<RegisterColumn> registerColumnFrom(std::string_view name) {
  for (std::size_t i = 0; i < kRegisterColumnCount; ++i) {
    if (names()[i].name == name) return static_cast<RegisterColumn>(i);
  }
  return std::nullopt;
}

std::string valueOf(const RegisterRow& row, RegisterColumn column) {
  switch (column) {
    case RegisterColumn::code:
      return row.dossierCode;
    case RegisterColumn::procedureCode:
      return row.procedureCode;
    case RegisterColumn::procedureName:
      return row.procedureName;
    case RegisterColumn::unit:
      return row.unit;
    case RegisterColumn::receivedOn:
      return isoDay(row.receivedOn);
    case RegisterColumn::resolvedOn:
      return row.resolvedOn ? isoDay(*row.resolvedOn) : "";
    case RegisterColumn::medium:
      return row.medium;
    case RegisterColumn::applicant:
      return row.applicant;
    case RegisterColumn::resultNumber:
      return row.resultNumber;
    case RegisterColumn::resultDate:
      return row.resultDate ? isoDay(*row.resultDate) : "";
    case RegisterColumn::excludedReason:
      return row.excludedReason;
  }
  return {};
}

RegisterHeading::RegisterHeading(const std::map<std::string, std::string>& given) {
  for (std::size_t i = 0; i < kRegisterColumnCount; ++i) {
    spellings_[i].push_back(foldText(names()[i].name));
    for (const std::string_view heading : names()[i].headings) spellings_[i].emplace_back(heading);
  }
  for (const auto& [name, heading] : given) {
    const auto column = registerColumnFrom(name);
    if (!column) refuse("the register has no column " + name);
    spellings_[indexOf(*column)] = {foldText(heading)};
    required_.set(indexOf(*column));
  }
  required_.set(indexOf(RegisterColumn::code));
  required_.set(indexOf(RegisterColumn::receivedOn));
}

bool RegisterHeading::recognise(const std::vector<std::string>& fields) {
  places_.fill(-1);
  std::string_view twice;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string folded = foldText(fields[i]);
    if (folded.empty()) continue;
    for (std::size_t column = 0; column < kRegisterColumnCount; ++column) {
      const auto& known = spellings_[column];
      if (std::find(known.begin(), known.end(), folded) == known.end()) continue;
      if (places_[column] >= 0) twice = names()[column].name;
      places_[column] = static_cast<int>(i);
    }
  }
  if (!lacking().empty()) return false;
  if (!twice.empty()) refuse("the header names the column " + std::string(twice) + " twice");
  return true;
}

std::string_view RegisterHeading::lacking() const {
  for (std::size_t i = 0; i < kRegisterColumnCount; ++i) {
    if (required_[i] && places_[i] < 0) return names()[i].name;
  }
  return {};
}

RegisterColumns RegisterHeading::columns() const {
  RegisterColumns columns;
  for (std::size_t i = 0; i < kRegisterColumnCount; ++i) columns[i] = places_[i] >= 0;
  return columns;
}

std::string_view RegisterHeading::field(const std::vector<std::string>& fields,
                                        RegisterColumn column) const {
  const int place = places_[indexOf(column)];
  if (place < 0 || static_cast<std::size_t>(place) >= fields.size()) return {};
  return trimmed(fields[static_cast<std::size_t>(place)]);
}

std::optional<Day> RegisterRowReader::day(std::string_view text) const {
  if (const auto counted = countedDay(text, from1904_)) return counted;
  const std::string_view date = text.substr(0, text.find_first_of(" T"));  // a time may follow
  if (const auto iso = parseIsoDay(date)) return iso;
  const auto written = writtenDay(date);
  return written && written->ok() ? written : std::nullopt;
}

const std::optional<std::string>& RegisterRowReader::word(
    std::map<std::string, std::optional<std::string>>& known, std::string_view text,
    std::optional<std::string> (*meaning)(std::string_view)) {
  constexpr std::size_t kMost = 1000;  // a column of free text must not fill the memory
  if (known.size() > kMost) known.clear();
  const auto [place, added] = known.try_emplace(std::string(text));
  if (added) place->second = text.empty() ? std::optional<std::string>("") : meaning(text);
  return place->second;
}

std::optional<RegisterRow> RegisterRowReader::read(const RegisterHeading& heading,
                                                   const std::vector<std::string>& fields,
                                                   Fault& fault) {
  const auto field = [&](RegisterColumn column) { return heading.field(fields, column); };
  const auto wrong = [&](const char* what, std::string_view value) {
    fault = {what, clean(value)};
    return std::nullopt;
  };
  RegisterRow row;
  row.dossierCode = clean(field(RegisterColumn::code));
  if (!DossierCode::parse(row.dossierCode))
    return wrong(textId("not a dossier code"), row.dossierCode);
  const auto received = day(field(RegisterColumn::receivedOn));
  if (!received) return wrong(textId("not a day (received_on)"), field(RegisterColumn::receivedOn));
  row.receivedOn = *received;
  if (const auto text = field(RegisterColumn::resolvedOn); !text.empty()) {
    row.resolvedOn = day(text);
    if (!row.resolvedOn) return wrong(textId("not a day (resolved_on)"), text);
  }
  if (const auto text = field(RegisterColumn::resultDate); !text.empty()) {
    row.resultDate = day(text);
    if (!row.resultDate) return wrong(textId("not a day (result_date)"), text);
  }
  const auto& medium = word(media_, field(RegisterColumn::medium), mediumOf);
  if (!medium) {
    return wrong(textId("the medium is neither paper nor online"), field(RegisterColumn::medium));
  }
  row.medium = *medium;
  const auto& reason = word(reasons_, field(RegisterColumn::excludedReason), excludedReasonOf);
  if (!reason) {
    return wrong(textId("no known reason for not digitising (excluded_reason)"),
                 field(RegisterColumn::excludedReason));
  }
  row.excludedReason = *reason;
  row.procedureCode = procedureCode(clean(field(RegisterColumn::procedureCode)));
  row.procedureName = clean(field(RegisterColumn::procedureName));
  row.unit = clean(field(RegisterColumn::unit));
  row.applicant = clean(field(RegisterColumn::applicant));
  row.resultNumber = clean(field(RegisterColumn::resultNumber));
  return row;
}

}  // namespace sohoa
