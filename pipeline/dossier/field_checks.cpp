#include "pipeline/dossier/field_checks.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "core/clock.h"
#include "core/dossier_code.h"
#include "ocr/fields/fields.h"

namespace sohoa {
namespace {

/// Normalises a number for comparison: without spaces, and with Ð replaced by the look-alike Đ.
std::string comparable(const std::string& number) {
  std::string out;
  for (std::size_t i = 0; i < number.size(); ++i) {
    if (number[i] == ' ') continue;
    if (number.compare(i, 2, "\xC3\x90") == 0) {  // Ð, U+00D0
      out += "\xC4\x90";                          // Đ, U+0110
      ++i;
      continue;
    }
    out += number[i];
  }
  return out;
}

std::string stripped(std::string_view word) {
  const auto edge = [](char c) {
    return c == '.' || c == ',' || c == ';' || c == ':' || c == ')' || c == '(';
  };
  while (!word.empty() && edge(word.back())) word.remove_suffix(1);
  while (!word.empty() && edge(word.front())) word.remove_prefix(1);
  return std::string(word);
}

/// Dossier codes found on the pages [first, last] (from 1).
std::vector<std::string> codesOn(const std::vector<PageReading>& pages, int first, int last) {
  std::vector<std::string> codes;
  for (int p = first; p <= last; ++p) {
    for (const TextBlock& block : pages[static_cast<std::size_t>(p - 1)].blocks) {
      for (const TextLine& line : block.lines) {
        for (const Word& word : line.words) {
          const std::string text = stripped(word.text);
          if (text.size() > 15 && DossierCode::parse(text)) codes.push_back(text);
        }
      }
    }
  }
  return codes;
}

class Comparison {
 public:
  Comparison(FieldJudgement& judgement, const FieldMap& keyed) : out_(judgement), keyed_(keyed) {}

  /// Determines one of the two fields that the register has as well. `required`: the document has a
  /// place for it.
  void settle(std::string_view name, const std::string& registered, bool required) {
    DocumentField& field = out_.fields[std::string(name)];
    if (const auto found = keyed_.find(name); found != keyed_.end()) {
      field.value = found->second.value;
      field.source = kKeyed;
      field.person = found->second.person;
      field.reason = found->second.reason;
      return;
    }
    const bool onPage = field.page > 0;
    if (onPage && !field.byHand && !field.value.empty()) {
      if (!registered.empty() && comparable(registered) != comparable(field.value)) {
        add(Cause::fieldContradiction, name,
            fmt::format("\"{}\" ({:.0f} %{}) != \"{}\"", field.value, 100 * field.confidence,
                        field.suspect ? ", ?" : "", registered));
      }
      return;
    }
    if (!registered.empty()) {
      field.value = registered;
      field.source = kFromRegister;
      return;
    }
    if (required) {
      out_.missesByHand = true;
      add(Cause::fieldByHand, name, onPage ? fmt::format("\"{}\"", field.text) : std::string());
    } else if (!onPage) {
      out_.fields.erase(std::string(name));
    }
  }

  void add(Cause cause, std::string_view name, std::string detail) {
    out_.problems.push_back({Stage::gate, cause, std::string(name), std::move(detail)});
  }

 private:
  FieldJudgement& out_;
  const FieldMap& keyed_;
};

}  // namespace

FieldJudgement judgeFields(const std::vector<PageReading>& pages, const std::string& dossierCode,
                           const std::optional<RegisterRow>& registered, const FieldMap& keyed) {
  FieldJudgement out;
  std::vector<DocumentFields> documents = readFields(pages);
  DocumentFields main;
  if (!documents.empty()) {
    const auto at = documents.begin() + static_cast<std::ptrdiff_t>(mainDocument(documents));
    main = std::move(*at);
    documents.erase(at);
  }
  // Page numbers count in the PDF, which contains all papers of the dossier.
  for (auto& [name, field] : main.fields) field.page += main.firstPage - 1;
  for (DocumentFields& paper : documents) {
    for (auto& [name, field] : paper.fields) field.page += paper.firstPage - 1;
  }
  out.fields = std::move(main.fields);
  out.attachments = std::move(documents);
  const bool numbered = out.fields.contains(field::kNumber);
  const RegisterRow row = registered.value_or(RegisterRow{});
  Comparison comparison(out, keyed);
  comparison.settle(field::kNumber, row.resultNumber, numbered);
  comparison.settle(field::kDate, row.resultDate ? isoDay(*row.resultDate) : "",
                    numbered && out.fields.contains(field::kDate));
  for (const auto& [name, value] : keyed) {
    if (name == field::kNumber || name == field::kDate) continue;
    DocumentField& field = out.fields[name];
    field.value = value.value;
    field.source = kKeyed;
    field.person = value.person;
    field.reason = value.reason;
  }
  if (!pages.empty()) {
    const auto codes = codesOn(pages, main.firstPage, main.lastPage);
    const bool own = std::find(codes.begin(), codes.end(), dossierCode) != codes.end();
    if (!codes.empty() && !own) {
      comparison.add(Cause::fieldContradiction, "dossier_code",
                     fmt::format("\"{}\" != \"{}\"", codes.front(), dossierCode));
    }
  }
  return out;
}

std::string titleOf(const FieldMap& fields) {
  const auto value = [&](std::string_view name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second.value;
  };
  const std::string type = value(field::kType), abstract = value(field::kAbstract);
  if (type.empty() && abstract.empty()) return {};
  std::string title = type;
  if (const std::string number = value(field::kNumber); !number.empty())
    title += (title.empty() ? "" : " ") + number;
  if (!abstract.empty()) title += (title.empty() ? "" : ": ") + abstract;
  return title;
}

std::optional<std::string> canonicalField(std::string_view name, const std::string& value) {
  static constexpr std::array kNames = {field::kSuperiorAgency, field::kAgency,   field::kNumber,
                                        field::kSymbol,         field::kPlace,    field::kDate,
                                        field::kType,           field::kAbstract, field::kAuthority,
                                        field::kSignerTitle,    field::kSigner,   field::kValidity};
  name.remove_prefix(name.find('.') + 1);  // npos + 1 is 0
  if (value.empty() || std::find(kNames.begin(), kNames.end(), name) == kNames.end())
    return std::nullopt;
  if (name == field::kNumber) {
    const std::string number = comparable(value);
    const bool digits =
        std::any_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits) return std::nullopt;
    return number;
  }
  if (name != field::kDate) return value;
  if (parseIsoDay(value)) return value;
  int day = 0, month = 0, year = 0;
  char rest = 0;
  if (std::sscanf(value.c_str(), "%2d/%2d/%4d%c", &day, &month, &year, &rest) != 3)
    return std::nullopt;
  const std::string iso = fmt::format("{:04}-{:02}-{:02}", year, month, day);
  if (!parseIsoDay(iso)) return std::nullopt;
  return iso;
}

}  // namespace sohoa
