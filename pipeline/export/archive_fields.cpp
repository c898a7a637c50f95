#include "pipeline/export/archive_fields.h"

#include <fmt/core.h>

#include <toml++/toml.h>
#include <algorithm>
#include <map>
#include <sstream>

#include "core/document_kind.h"
#include "core/dossier_code.h"
#include "core/durable.h"
#include "core/result.h"

namespace sohoa {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

constexpr char kBuiltIn[] = {
#include "pipeline/export/archive_fields_tt02.inc"
};

/// DD/MM/YYYY, as the circular writes dates.
std::string archiveDay(const std::optional<Day>& day) {
  if (!day) return {};
  return fmt::format("{:02}/{:02}/{:04}", static_cast<unsigned>(day->day()),
                     static_cast<unsigned>(day->month()), static_cast<int>(day->year()));
}

std::size_t codePoints(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

bool isNumber(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isArchiveDay(const std::string& text) {
  if (text.size() != 10 || text[2] != '/' || text[5] != '/') return false;
  return parseIsoDay(text.substr(6) + "-" + text.substr(3, 2) + "-" + text.substr(0, 2))
      .has_value();
}

[[noreturn]] void refuse(const std::string& what) { throw BatchError(Cause::siteConfig, what); }

ArchiveField fieldFrom(const toml::table& row, const std::string& where) {
  ArchiveField field;
  const auto text = [&](const char* key) { return row[key].value_or(std::string()); };
  for (const auto& [key, node] : row) {
    static const std::vector<std::string_view> kKnown = {"level",  "key",  "label",   "type",
                                                         "length", "from", "required"};
    if (std::find(kKnown.begin(), kKnown.end(), key.str()) == kKnown.end()) {
      refuse(fmt::format("{}: unknown key '{}'", where, key.str()));
    }
  }
  field.key = text("key");
  field.label = text("label");
  field.from = text("from");
  const std::int64_t length = row["length"].value_or(std::int64_t{0});
  field.required = row["required"].value_or(false);
  if (field.key.empty() || length < 0) refuse(where + ": 'key' or 'length' cannot be used");
  field.length = static_cast<std::size_t>(length);
  const std::string level = text("level"), type = row["type"].value_or(std::string("text"));
  if (level == "fonds")
    field.level = ArchiveField::Level::fonds;
  else if (level == "dossier")
    field.level = ArchiveField::Level::dossier;
  else if (level == "document")
    field.level = ArchiveField::Level::document;
  else
    refuse(
        fmt::format("{} ({}): 'level' is neither fonds, dossier nor document", where, field.key));
  if (type == "text")
    field.type = ArchiveField::Type::text;
  else if (type == "number")
    field.type = ArchiveField::Type::number;
  else if (type == "date")
    field.type = ArchiveField::Type::date;
  else
    refuse(fmt::format("{} ({}): 'type' is neither text, number nor date", where, field.key));
  return field;
}

std::vector<ArchiveField> parseFields(const std::string& text, const std::string& name) {
  toml::table table;
  try {
    table = toml::parse(text);
  } catch (const toml::parse_error& error) {
    refuse(fmt::format("{}: line {}: {}", name, error.source().begin.line, error.description()));
  }
  std::vector<ArchiveField> fields;
  const toml::array* rows = table["field"].as_array();
  if (!rows) refuse(name + ": there is no [[field]]");
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const std::string where = fmt::format("{}: field {}", name, i + 1);
    const toml::table* row = rows->get(i)->as_table();
    if (!row) refuse(where + " is no table");
    fields.push_back(fieldFrom(*row, where));
  }
  return fields;
}

/// "1234/QĐ-STNMT" -> "1234" and "QĐ-STNMT"; "61/2018/NĐ-CP" -> "61" and "2018/NĐ-CP".
std::pair<std::string, std::string> numberAndNotation(const std::string& text) {
  const auto slash = text.find('/');
  if (slash == std::string::npos) return {text, ""};
  return {text.substr(0, slash), text.substr(slash + 1)};
}

Values dossierValues(const Config& config, const DossierRecord& record) {
  Values values;
  values["agency"] = config.agency;
  values["archive"] = config.archive.identifier;
  values["fonds"] = config.archive.fonds;
  values["dossier"] = record.code;
  values["retention"] = record.retention;
  values["access"] = record.access;
  values["documents"] = std::to_string(record.documents.size());
  std::size_t pages = 0;
  std::vector<std::string> titles;
  for (const DocumentRecord& document : record.documents) pages += document.pages.size();
  values["pages"] = std::to_string(pages);
  values["filed_on"] = archiveDay(vietnamDay(record.filedAt));
  const auto code = DossierCode::parse(record.code);
  std::optional<Day> received = code ? std::optional(code->receivedOn()) : std::nullopt, resolved;
  if (const auto& row = record.registered) {
    received = row->receivedOn;
    resolved = row->resolvedOn;
    values["procedure_code"] = row->procedureCode;
    values["procedure_name"] = row->procedureName;
    values["unit"] = row->unit;
    values["applicant"] = row->applicant;
    values["result_number"] = row->resultNumber;
  }
  values["received_on"] = archiveDay(received);
  values["resolved_on"] = archiveDay(resolved);
  values["year"] = received ? std::to_string(static_cast<int>(received->year())) : "";
  return values;
}

Values documentValues(Values values, const DocumentRecord& document, std::size_t ordinal) {
  values["document"] = document.code;
  values["ordinal"] = std::to_string(ordinal);
  values["title"] = document.title;
  values["kind"] = nameOf(documentKindOfCode(document.code));
  values["document_pages"] = std::to_string(document.pages.size());
  values["signer"] = document.signature ? document.signature->signer : "";
  values["state"] = nameOf(document.status.value_or(ResultStatus{}).state);
  for (const auto& [name, field] : document.fields) {
    const auto day = parseIsoDay(field.value);
    values["field." + name] = day ? archiveDay(day) : field.value;
  }
  const auto number = document.fields.find("number");
  const bool known = number != document.fields.end();
  if (documentKindOfCode(document.code) != DocumentKind::result) values["result_number"].clear();
  const auto [digits, notation] =
      numberAndNotation(known ? number->second.value : values["result_number"]);
  values["number"] = digits;
  values["notation"] = notation;
  return values;
}

/// Inserts the values. Joining characters left at the ends by empty values are removed.
std::string fill(const std::string& from, const Values& values, bool& any) {
  std::string text;
  bool named = false;
  any = false;
  for (std::size_t at = 0; at < from.size();) {
    const auto open = from.find('{', at), close = from.find('}', open);
    if (open == std::string::npos || close == std::string::npos) {
      text += from.substr(at);
      break;
    }
    text += from.substr(at, open - at);
    named = true;
    // "{a|b}": the first that has a value.
    std::istringstream names(from.substr(open + 1, close - open - 1));
    for (std::string name; std::getline(names, name, '|');) {
      const auto value = values.find(name);
      if (value == values.end() || value->second.empty()) continue;
      text += value->second;
      any = true;
      break;
    }
    at = close + 1;
  }
  if (!named) any = !text.empty();
  if (!any) return {};
  // "{procedure_name} - {applicant}" without an applicant must not end in a dash.
  constexpr std::string_view kJoints = " -,;:/";
  const auto first = text.find_first_not_of(kJoints), last = text.find_last_not_of(kJoints);
  return first == std::string::npos ? std::string() : text.substr(first, last - first + 1);
}

void check(const ArchiveField& field, const std::string& where, const std::string& value,
           std::vector<ArchiveProblem>& problems) {
  const auto report = [&](const char* what) {
    problems.push_back({where, field.key, what, value});
  };
  if (value.empty()) {
    if (field.required) report(textId("a required value is missing"));
    return;
  }
  if (field.length > 0 && codePoints(value) > field.length)
    report(textId("the value is longer than the archive takes"));
  if (field.type == ArchiveField::Type::number && !isNumber(value))
    report(textId("the value is not a number"));
  if (field.type == ArchiveField::Type::date && !isArchiveDay(value))
    report(textId("the value is not a day (DD/MM/YYYY)"));
}

}  // namespace

std::string builtInArchiveFields() { return kBuiltIn; }

std::vector<ArchiveField> loadArchiveFields(const Site& site) {
  const auto& file = site.config().archive.fields;
  if (file.empty()) return parseFields(kBuiltIn, "built-in table");
  try {
    return parseFields(readFile(site.root() / file), file.string());
  } catch (const std::filesystem::filesystem_error& error) {
    refuse(error.what());
  }
}

ArchiveDescription describeForArchive(const Config& config, const std::vector<ArchiveField>& fields,
                                      const DossierRecord& record) {
  ArchiveDescription description;
  const Values values = dossierValues(config, record);
  const auto add = [&](const ArchiveField& field, const Values& from, const std::string& where,
                       std::vector<ArchiveValue>& to) {
    bool any = false;
    const std::string value = fill(field.from, from, any);
    check(field, where, value, description.problems);
    if (!value.empty()) to.push_back({field.key, field.label, value});
  };
  for (const ArchiveField& field : fields) {
    if (field.level == ArchiveField::Level::fonds)
      add(field, values, record.code, description.fonds);
    if (field.level == ArchiveField::Level::dossier)
      add(field, values, record.code, description.dossier);
  }
  for (std::size_t i = 0; i < record.documents.size(); ++i) {
    const DocumentRecord& document = record.documents[i];
    const Values own = documentValues(values, document, i + 1);
    auto& list =
        description.documents.emplace_back(document.code, std::vector<ArchiveValue>()).second;
    for (const ArchiveField& field : fields) {
      if (field.level == ArchiveField::Level::document) add(field, own, document.code, list);
    }
  }
  return description;
}

}  // namespace sohoa
