#include "core/record.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "core/document_kind.h"
#include "core/texts/json.h"

namespace sohoa {
namespace {

using Json = nlohmann::json;  // keys are sorted: the same record gives the same bytes

Day dayFrom(const Json& json) {
  const auto day = parseIsoDay(json.get<std::string>());
  if (!day) throw std::runtime_error("not a day: " + jsonText(json));
  return *day;
}

Time timeFrom(const Json& json) {
  const auto time = parseIsoTime(json.get<std::string>());
  if (!time) throw std::runtime_error("not a time: " + jsonText(json));
  return *time;
}

Sha512 sha512From(const Json& json) {
  const auto digest = Sha512::fromHex(json.get<std::string>());
  if (!digest) throw std::runtime_error("not a sha512: " + jsonText(json));
  return *digest;
}

Json optionalDay(const std::optional<Day>& day) { return day ? Json(isoDay(*day)) : Json(nullptr); }
std::optional<Day> optionalDayFrom(const Json& json) {
  if (json.is_null()) return std::nullopt;
  return dayFrom(json);
}

Json write(const RegisterRow& row) {
  return {{"dossier_code", row.dossierCode},
          {"procedure_code", row.procedureCode},
          {"procedure_name", row.procedureName},
          {"unit", row.unit},
          {"received_on", isoDay(row.receivedOn)},
          {"resolved_on", optionalDay(row.resolvedOn)},
          {"medium", row.medium},
          {"applicant", row.applicant},
          {"result_number", row.resultNumber},
          {"result_date", optionalDay(row.resultDate)},
          {"excluded_reason", row.excludedReason}};
}

RegisterRow registerRowFrom(const Json& json) {
  RegisterRow row;
  json.at("dossier_code").get_to(row.dossierCode);
  json.at("procedure_code").get_to(row.procedureCode);
  json.at("procedure_name").get_to(row.procedureName);
  json.at("unit").get_to(row.unit);
  row.receivedOn = dayFrom(json.at("received_on"));
  row.resolvedOn = optionalDayFrom(json.at("resolved_on"));
  json.at("medium").get_to(row.medium);
  json.at("applicant").get_to(row.applicant);
  json.at("result_number").get_to(row.resultNumber);
  row.resultDate = optionalDayFrom(json.at("result_date"));
  json.at("excluded_reason").get_to(row.excludedReason);
  return row;
}

Json write(const PageTwin& twin) {
  Json json = {{"kind", twin.kind == PageTwin::Kind::same ? "same" : "alike"},
               {"page", twin.page},
               {"other", twin.other}};
  if (!twin.dossier.empty()) json["dossier"] = twin.dossier;
  return json;
}

PageTwin twinFrom(const Json& json) {
  const bool same = json.at("kind") == "same";
  return {same ? PageTwin::Kind::same : PageTwin::Kind::alike, json.at("page").get<std::string>(),
          json.at("other").get<std::string>(), json.value("dossier", std::string())};
}

Json write(const PageRecord& page) {
  Json json = {{"number", page.number},
               {"original", page.original},
               {"original_page", page.originalPage},
               {"width", page.width},
               {"height", page.height},
               {"x_dpi", page.xDpi},
               {"y_dpi", page.yDpi},
               {"rotation", page.rotation},
               {"skew_degrees", page.skewDegrees},
               {"outcome", page.outcome == PageOutcome::recognised ? "recognised" : "flagged"},
               {"flags", page.flags},
               {"ink_share", page.inkShare},
               {"confidence", page.confidence},
               {"words", page.words},
               {"suspect_words", page.suspectWords}};
  if (!page.replaces.empty()) json["replaces"] = page.replaces;
  return json;
}

PageRecord pageFrom(const Json& json) {
  PageRecord page;
  json.at("number").get_to(page.number);
  json.at("original").get_to(page.original);
  json.at("original_page").get_to(page.originalPage);
  page.replaces = json.value("replaces", std::string());
  json.at("width").get_to(page.width);
  json.at("height").get_to(page.height);
  json.at("x_dpi").get_to(page.xDpi);
  json.at("y_dpi").get_to(page.yDpi);
  json.at("rotation").get_to(page.rotation);
  json.at("skew_degrees").get_to(page.skewDegrees);
  const auto outcome = json.at("outcome").get<std::string>();
  if (outcome != "recognised" && outcome != "flagged") {
    throw std::runtime_error("not a page outcome: " + outcome);
  }
  page.outcome = outcome == "recognised" ? PageOutcome::recognised : PageOutcome::flagged;
  json.at("flags").get_to(page.flags);
  json.at("ink_share").get_to(page.inkShare);
  json.at("confidence").get_to(page.confidence);
  json.at("words").get_to(page.words);
  json.at("suspect_words").get_to(page.suspectWords);
  return page;
}

Json write(const DocumentField& field) {
  Json json = {{"value", field.value}, {"source", field.source}};
  if (field.page > 0) {
    json["text"] = field.text;
    json["page"] = field.page;
    json["box"] = {field.box.x, field.box.y, field.box.width, field.box.height};
    json["confidence"] = std::round(field.confidence * 1000) / 1000;
  }
  if (field.suspect) json["suspect"] = true;
  if (field.byHand) json["by_hand"] = true;
  if (!field.person.empty()) json["person"] = field.person;
  if (!field.reason.empty()) json["reason"] = field.reason;
  return json;
}

DocumentField fieldFrom(const Json& json) {
  DocumentField field;
  json.at("value").get_to(field.value);
  json.at("source").get_to(field.source);
  field.text = json.value("text", "");
  field.page = json.value("page", 0);
  if (const auto box = json.find("box"); box != json.end()) {
    field.box = {box->at(0).get<int>(), box->at(1).get<int>(), box->at(2).get<int>(),
                 box->at(3).get<int>()};
  }
  field.confidence = json.value("confidence", 0.0);
  field.suspect = json.value("suspect", false);
  field.byHand = json.value("by_hand", false);
  field.person = json.value("person", "");
  field.reason = json.value("reason", "");
  return field;
}

Json write(const FieldMap& fields) {
  Json json = Json::object();
  for (const auto& [name, field] : fields) json[name] = write(field);
  return json;
}

FieldMap fieldsFrom(const Json& json) {
  FieldMap fields;
  for (const auto& [name, field] : json.items()) fields[name] = fieldFrom(field);
  return fields;
}

Json write(const ResultStatus& status) {
  return {{"state", nameOf(status.state)},
          {"from", optionalDay(status.from)},
          {"until", optionalDay(status.until)},
          {"replaced_by", status.replacedBy},
          {"person", status.person},
          {"reason", status.reason},
          {"at", isoUtc(status.at)}};
}

ResultStatus statusFrom(const Json& json) {
  const auto state = resultStateFrom(json.at("state").get<std::string>());
  if (!state) throw std::runtime_error("not a state of a result: " + jsonText(json.at("state")));
  return {*state,
          optionalDayFrom(json.at("from")),
          optionalDayFrom(json.at("until")),
          json.at("replaced_by").get<std::string>(),
          json.at("person").get<std::string>(),
          json.at("reason").get<std::string>(),
          timeFrom(json.at("at"))};
}

Json write(const DocumentRecord& document) {
  Json json = {
      {"code", document.code},
      {"file", document.file},
      {"title", document.title},
      {"origin", document.origin == DocumentOrigin::digitised ? "digitised" : "as_received"},
      {"sha512", document.sha512.hex()},
      {"bytes", document.bytes},
      {"verdict", document.verdict},
      {"pages", Json::array()},
      {"fields", write(document.fields)},
      {"signature", nullptr}};
  for (const PageRecord& page : document.pages) json["pages"].push_back(write(page));
  for (const DocumentFields& paper : document.attachments) {
    json["attachments"].push_back({{"first_page", paper.firstPage},
                                   {"last_page", paper.lastPage},
                                   {"fields", write(paper.fields)}});
  }
  if (const auto& signature = document.signature) {
    json["signature"] = {{"signer", signature->signer},
                         {"issuer", signature->issuer},
                         {"serial", signature->serial},
                         {"level", signature->level},
                         {"claimed_at", isoUtc(signature->claimedAt)}};
  }
  // Who reads the record shall not need to know the marks in codes.
  const DocumentKind kind = documentKindOfCode(document.code);
  if (kind != DocumentKind::result) json["kind"] = nameOf(kind);
  // Only where there is one: a record keeps the bytes that it was written with.
  if (document.status) json["status"] = write(*document.status);
  return json;
}

DocumentRecord documentFrom(const Json& json) {
  DocumentRecord document;
  json.at("code").get_to(document.code);
  json.at("file").get_to(document.file);
  json.at("title").get_to(document.title);
  const auto origin = json.at("origin").get<std::string>();
  if (origin != "digitised" && origin != "as_received") {
    throw std::runtime_error("not a document origin: " + origin);
  }
  document.origin = origin == "digitised" ? DocumentOrigin::digitised : DocumentOrigin::asReceived;
  document.sha512 = sha512From(json.at("sha512"));
  json.at("bytes").get_to(document.bytes);
  json.at("verdict").get_to(document.verdict);
  for (const Json& page : json.at("pages")) document.pages.push_back(pageFrom(page));
  document.fields = fieldsFrom(json.at("fields"));
  for (const Json& paper : json.value("attachments", Json::array())) {
    document.attachments.push_back({paper.at("first_page").get<int>(),
                                    paper.at("last_page").get<int>(),
                                    fieldsFrom(paper.at("fields"))});
  }
  if (const Json& signature = json.at("signature"); !signature.is_null()) {
    document.signature = SignatureRecord{
        signature.at("signer").get<std::string>(), signature.at("issuer").get<std::string>(),
        signature.at("serial").get<std::string>(), signature.at("level").get<std::string>(),
        timeFrom(signature.at("claimed_at"))};
  }
  if (json.contains("status")) document.status = statusFrom(json.at("status"));
  return document;
}

constexpr std::pair<ResultState, std::string_view> kStates[] = {
    {ResultState::inForce, "in_force"},
    {ResultState::expired, "expired"},
    {ResultState::withdrawn, "withdrawn"},
    {ResultState::replaced, "replaced"},
};

}  // namespace

std::string_view nameOf(ResultState state) {
  for (const auto& [value, name] : kStates) {
    if (value == state) return name;
  }
  return {};
}

std::optional<ResultState> resultStateFrom(std::string_view name) {
  for (const auto& [value, known] : kStates) {
    if (known == name) return value;
  }
  return std::nullopt;
}

ResultState ResultStatus::on(Day day) const {
  const bool over = until && std::chrono::sys_days(*until) < std::chrono::sys_days(day);
  return state == ResultState::inForce && over ? ResultState::expired : state;
}

std::string toJson(const DossierRecord& record) {
  Json json = {{"format", 1},
               {"code", record.code},
               {"batch", record.batch},
               {"register", record.registered ? write(*record.registered) : Json(nullptr)},
               {"originals", Json::array()},
               {"documents", Json::array()},
               {"counted", record.counted},
               {"not_counted_reason", record.notCountedReason},
               {"decision", nullptr},
               {"provenance",
                {{"sohoa", record.provenance.sohoa},
                 {"tesseract", record.provenance.tesseract},
                 {"leptonica", record.provenance.leptonica},
                 {"model", record.provenance.model},
                 {"model_sha256", record.provenance.modelSha256},
                 {"cpu", record.provenance.cpu}}},
               {"received_at", isoUtc(record.receivedAt)},
               {"filed_at", isoUtc(record.filedAt)}};
  for (const OriginalFile& original : record.originals) {
    Json one = {{"name", original.name},
                {"bytes", original.bytes},
                {"sha512", original.sha512.hex()},
                {"pages", original.pages}};
    if (original.separator) one["separator"] = true;
    if (const auto& source = original.source) {
      one["source"] = {{"stack", source->stack},
                       {"file", source->file},
                       {"sha512", source->sha512.hex()},
                       {"first_page", source->firstPage},
                       {"last_page", source->lastPage}};
    }
    json["originals"].push_back(std::move(one));
  }
  for (const DocumentRecord& document : record.documents)
    json["documents"].push_back(write(document));
  if (const auto& decision = record.decision) {
    json["decision"] = {{"person", decision->person},
                        {"reason", decision->reason},
                        {"causes", decision->causes},
                        {"at", isoUtc(decision->at)}};
  }
  if (record.declaredPages > 0) json["declared_pages"] = record.declaredPages;
  for (const PageTwin& twin : record.twins) json["twins"].push_back(write(twin));
  if (!record.retention.empty()) json["retention"] = record.retention;
  if (!record.access.empty()) json["access"] = record.access;
  return jsonText(json, 2) + "\n";
}

DossierRecord recordFromJson(const std::string& text) try {
  const Json json = parseJson(text);
  if (json.at("format") != 1) {
    throw std::runtime_error("unknown format of metadata.json: " + jsonText(json.at("format")));
  }
  DossierRecord record;
  json.at("code").get_to(record.code);
  json.at("batch").get_to(record.batch);
  if (!json.at("register").is_null()) record.registered = registerRowFrom(json.at("register"));
  for (const Json& original : json.at("originals")) {
    OriginalFile& file = record.originals.emplace_back();
    original.at("name").get_to(file.name);
    original.at("bytes").get_to(file.bytes);
    file.sha512 = sha512From(original.at("sha512"));
    original.at("pages").get_to(file.pages);
    file.separator = original.value("separator", false);
    if (original.contains("source")) {
      const Json& source = original.at("source");
      file.source =
          StackSource{source.at("stack").get<std::string>(), source.at("file").get<std::string>(),
                      sha512From(source.at("sha512")), source.at("first_page").get<int>(),
                      source.at("last_page").get<int>()};
    }
  }
  for (const Json& document : json.at("documents"))
    record.documents.push_back(documentFrom(document));
  json.at("counted").get_to(record.counted);
  json.at("not_counted_reason").get_to(record.notCountedReason);
  if (const Json& decision = json.at("decision"); !decision.is_null()) {
    record.decision = ReviewDecision{
        decision.at("person").get<std::string>(), decision.at("reason").get<std::string>(),
        decision.at("causes").get<std::vector<std::string>>(), timeFrom(decision.at("at"))};
  }
  record.declaredPages = json.value("declared_pages", 0);
  for (const Json& twin : json.value("twins", Json::array()))
    record.twins.push_back(twinFrom(twin));
  record.retention = json.value("retention", "");
  record.access = json.value("access", "");
  const Json& provenance = json.at("provenance");
  record.provenance = {provenance.at("sohoa").get<std::string>(),
                       provenance.at("tesseract").get<std::string>(),
                       provenance.at("leptonica").get<std::string>(),
                       provenance.at("model").get<std::string>(),
                       provenance.at("model_sha256").get<std::string>(),
                       provenance.at("cpu").get<std::string>()};
  record.receivedAt = timeFrom(json.at("received_at"));
  record.filedAt = timeFrom(json.at("filed_at"));
  return record;
} catch (const nlohmann::json::exception& error) {
  throw std::runtime_error(std::string("metadata.json: ") + error.what());
}

Sha512 contentFingerprint(const std::vector<OriginalFile>& originals) {
  std::vector<std::string> lines;
  lines.reserve(originals.size());
  for (const OriginalFile& original : originals) {
    lines.push_back(original.name + '\0' + original.sha512.hex() + '\n');
  }
  std::sort(lines.begin(), lines.end());
  Sha512Stream stream;
  for (const std::string& line : lines) stream.add(line);
  return stream.finish();
}

}  // namespace sohoa
