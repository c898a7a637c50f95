#include "pipeline/export/dossier_json.h"

#include "core/document_kind.h"
#include "core/texts/json.h"

namespace sohoa {
namespace {

using nlohmann::json;

json valuesOf(const std::vector<ArchiveValue>& values) {
  json object = json::object();
  for (const ArchiveValue& value : values) object[value.key] = value.value;
  return object;
}

json orNull(const std::optional<Day>& day) { return day ? json(isoDay(*day)) : json(nullptr); }

json resultOf(const DocumentRecord& document, Day today) {
  const ResultStatus status = document.status.value_or(ResultStatus{});
  json value = {
      {"code", document.code},
      {"kind", nameOf(documentKindOfCode(document.code))},
      {"title", document.title},
      {"file", document.file},
      {"sha512", document.sha512.hex()},
      {"bytes", document.bytes},
      {"pages", document.pages.size()},
      {"state", nameOf(status.on(today))},
      {"valid_from", orNull(status.from)},
      {"valid_until", orNull(status.until)},
      {"replaced_by", status.replacedBy.empty() ? json(nullptr) : json(status.replacedBy)},
      {"fields", json::object()},
      {"signature", nullptr},
      {"verdict_when_filed", document.verdict}};
  for (const auto& [name, field] : document.fields) value["fields"][name] = field.value;
  if (document.signature) {
    value["signature"] = {{"signer", document.signature->signer},
                          {"level", document.signature->level},
                          {"claimed_at", isoVietnam(document.signature->claimedAt)}};
  }
  return value;
}

}  // namespace

std::string dossierJson(const ExportedDossier& dossier, const std::string& agency, Time now) {
  const DossierRecord& record = dossier.record;
  json value = {{"format", "sohoa-dossier"},
                {"format_version", 1},
                {"agency", agency},
                {"exported_at", isoVietnam(now)},
                {"dossier", record.code},
                {"object", dossier.object},
                {"version", dossier.versions.size()},
                {"filed_at", isoVietnam(record.filedAt)},
                {"counted", record.counted},
                {"retention", record.retention},
                {"access", record.access},
                {"register", nullptr},
                {"results", json::array()},
                {"papers", json::array()},
                {"files", json::array()},
                {"history", json::array()},
                {"archive",
                 {{"fonds", valuesOf(dossier.description.fonds)},
                  {"dossier", valuesOf(dossier.description.dossier)},
                  {"documents", json::object()},
                  {"problems", json::array()}}}};
  if (const auto& row = record.registered) {
    value["register"] = {{"procedure_code", row->procedureCode},
                         {"procedure_name", row->procedureName},
                         {"unit", row->unit},
                         {"received_on", isoDay(row->receivedOn)},
                         {"resolved_on", orNull(row->resolvedOn)},
                         {"medium", row->medium},
                         {"applicant", row->applicant},
                         {"result_number", row->resultNumber},
                         {"result_date", orNull(row->resultDate)}};
  }
  for (const DocumentRecord& document : record.documents) {
    const bool result = documentKindOfCode(document.code) == DocumentKind::result;
    value[result ? "results" : "papers"].push_back(resultOf(document, vietnamDay(now)));
  }
  for (const auto& file : dossier.files) {
    value["files"].push_back(
        {{"path", file.logical}, {"bytes", file.bytes}, {"sha512", file.sha512}});
  }
  for (const LedgerEntry& entry : dossier.history) {
    value["history"].push_back({{"position", entry.sequence},
                                {"at", isoVietnam(entry.at)},
                                {"actor", entry.actor},
                                {"action", entry.action},
                                {"subject", entry.subject},
                                {"details", entry.details}});
  }
  for (const auto& [code, values] : dossier.description.documents)
    value["archive"]["documents"][code] = valuesOf(values);
  for (const ArchiveProblem& problem : dossier.description.problems) {
    value["archive"]["problems"].push_back({{"where", problem.where},
                                            {"field", problem.key},
                                            {"what", problem.what},
                                            {"value", problem.value}});
  }
  return jsonTextReplacing(value, 2) + "\n";
}

}  // namespace sohoa
