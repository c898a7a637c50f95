#include "pipeline/export/mets_premis.h"

#include <fmt/core.h>

#include <set>

#include "core/document_kind.h"
#include "core/result.h"
#include "pipeline/export/xml_writer.h"
#include "storage/catalogue/catalogue_rebuild.h"
#include "storage/catalogue/dossier_object.h"

namespace sohoa {
namespace {

namespace fs = std::filesystem;

std::string mediaTypeOf(const std::string& name) {
  static const std::map<std::string, std::string> kTypes = {
      {".pdf", "application/pdf"}, {".jpg", "image/jpeg"}, {".jpeg", "image/jpeg"},
      {".png", "image/png"},       {".tif", "image/tiff"}, {".tiff", "image/tiff"},
      {".xml", "application/xml"}, {".txt", "text/plain"}, {".json", "application/json"}};
  std::string extension = fs::path(name).extension().string();
  for (char& c : extension) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const auto found = kTypes.find(extension);
  return found == kTypes.end() ? "application/octet-stream" : found->second;
}

/// The use of a file, by its folder.
std::string useOf(const std::string& logical) {
  if (logical.starts_with("documents/")) return std::string(nameOf(documentKindOfCode(logical)));
  if (logical.starts_with("originals/")) return "original";
  if (logical.starts_with("text/")) return "text";
  return "metadata";
}

std::string fileId(std::size_t index) { return fmt::format("file-{:05}", index + 1); }

void writeValues(XmlText& xml, const std::vector<ArchiveValue>& values) {
  for (const ArchiveValue& value : values) {
    xml.element("sohoa:field", value.value, {{"key", value.key}, {"label", value.label}});
  }
}

void writeDescription(XmlText& xml, const ExportedDossier& dossier) {
  xml.open("mets:dmdSec", {{"ID", "dmd-1"}});
  xml.open("mets:mdWrap", {{"MDTYPE", "OTHER"}, {"OTHERMDTYPE", "TT 02/2019/TT-BNV"}});
  xml.open("mets:xmlData");
  xml.open("sohoa:archive", {{"xmlns:sohoa", "urn:sohoa:archive:1"}});
  xml.open("sohoa:fonds");
  writeValues(xml, dossier.description.fonds);
  xml.close();
  xml.open("sohoa:dossier", {{"code", dossier.record.code}});
  writeValues(xml, dossier.description.dossier);
  xml.close();
  for (const auto& [code, values] : dossier.description.documents) {
    xml.open("sohoa:document", {{"code", code}});
    writeValues(xml, values);
    xml.close();
  }
  for (int i = 0; i < 4; ++i) xml.close();
}

void writeIdentifier(XmlText& xml, const char* element, const char* kind,
                     const std::string& value) {
  const std::string name = std::string("premis:") + element;
  xml.open(name + "Identifier");
  xml.element(name + "IdentifierType", kind);
  xml.element(name + "IdentifierValue", value);
  xml.close();
}

/// Writes PREMIS events and collects their agents.
class EventWriter {
 public:
  EventWriter(XmlText& xml, const std::string& object) : xml_(xml), object_(object) {}

  void add(const std::string& id, const std::string& type, Time at, const std::string& detail,
           const std::string& agent) {
    xml_.open("premis:event");
    writeIdentifier(xml_, "event", "local", id);
    xml_.element("premis:eventType", type);
    xml_.element("premis:eventDateTime", isoVietnam(at));
    xml_.open("premis:eventDetailInformation");
    xml_.element("premis:eventDetail", detail);
    xml_.close();
    xml_.open("premis:linkingAgentIdentifier");
    xml_.element("premis:linkingAgentIdentifierType", "name");
    xml_.element("premis:linkingAgentIdentifierValue", agent);
    xml_.close();
    xml_.open("premis:linkingObjectIdentifier");
    xml_.element("premis:linkingObjectIdentifierType", "URN");
    xml_.element("premis:linkingObjectIdentifierValue", object_);
    xml_.close();
    xml_.close();
    agents_.insert(agent);
  }
  const std::set<std::string>& agents() const { return agents_; }

 private:
  XmlText& xml_;
  std::string object_;
  std::set<std::string> agents_;
};

std::string eventTypeOf(const std::string& action) {
  if (action.starts_with("dossier.filed")) return "ingestion";
  if (action.starts_with("result.") || action == "dossier.classified")
    return "metadata modification";
  return action;
}

std::string detailOf(const LedgerEntry& entry) {
  std::string detail = entry.action;
  for (const char* key : {"old", "new", "replaced_by", "reason", "batch", "version"}) {
    if (const auto value = entry.details.find(key);
        value != entry.details.end() && !value->second.empty()) {
      detail += fmt::format("; {}: {}", key, value->second);
    }
  }
  return detail;
}

}  // namespace

std::optional<ExportedDossier> gatherDossier(const Site& site, const std::string& code) {
  const Repository repository = Repository::open(site.repository());
  ExportedDossier dossier;
  dossier.object = std::string(kDossierObjectPrefix) + code;
  const auto head = repository.head(dossier.object);
  if (!head) return std::nullopt;
  const auto damaged = [&](const std::string& what) {
    throw BatchError(Cause::repositoryDamaged, dossier.object + ": " + what);
  };
  const fs::path folder = site.repository() / repository.objectPath(dossier.object);
  for (const auto& [logical, place] : repository.files(dossier.object)) {
    std::error_code error;
    const auto bytes = fs::file_size(place, error);
    if (error) damaged(place.string() + ": " + error.message());
    dossier.files.push_back(
        {logical, place, place.lexically_relative(folder), bytes, sha512OfFile(place).hex()});
    if (logical == kRecordFile) dossier.record = readRecord(place);
  }
  for (int version = 1; version <= *head; ++version) {
    dossier.versions.push_back(
        repository.versionInfo(dossier.object, version).value_or(VersionInfo{}));
  }
  const Ledger ledger(site.ledger());
  ledger.forEachWith(code, [&](const LedgerEntry& entry) {
    const auto object = entry.details.find("object");
    const bool own = entry.subject == code ||
                     (object != entry.details.end() && object->second == dossier.object);
    if (own) dossier.history.push_back(entry);
  });
  dossier.description = describeForArchive(site.config(), loadArchiveFields(site), dossier.record);
  return dossier;
}

std::string metsOf(const ExportedDossier& dossier, const std::string& prefix,
                   const std::string& premis, const std::string& agency, Time now) {
  XmlText xml;
  xml.open("mets:mets", {{"xmlns:mets", "http://www.loc.gov/METS/"},
                         {"xmlns:xlink", "http://www.w3.org/1999/xlink"},
                         {"OBJID", dossier.object},
                         {"TYPE", "dossier"},
                         {"LABEL", dossier.record.code}});
  xml.open("mets:metsHdr", {{"CREATEDATE", isoUtc(now)}});
  xml.open("mets:agent", {{"ROLE", "CREATOR"}, {"TYPE", "ORGANIZATION"}});
  xml.element("mets:name", agency);
  xml.close();
  xml.open("mets:agent", {{"ROLE", "CREATOR"}, {"TYPE", "OTHER"}, {"OTHERTYPE", "SOFTWARE"}});
  xml.element("mets:name", "sohoa " SOHOA_VERSION);
  xml.close();
  xml.close();
  writeDescription(xml, dossier);
  xml.open("mets:amdSec", {{"ID", "amd-1"}});
  xml.open("mets:digiprovMD", {{"ID", "digiprov-1"}});
  xml.element("mets:mdRef", "",
              {{"LOCTYPE", "URL"},
               {"MDTYPE", "PREMIS"},
               {"MIMETYPE", "application/xml"},
               {"xlink:href", urlPath(premis)}});
  xml.close();
  xml.close();

  xml.open("mets:fileSec");
  for (const char* use : {"result", "original", "text", "metadata"}) {
    bool any = false;
    for (std::size_t i = 0; i < dossier.files.size(); ++i) {
      const auto& file = dossier.files[i];
      if (useOf(file.logical) != use) continue;
      if (!any) xml.open("mets:fileGrp", {{"USE", use}});
      any = true;
      xml.open("mets:file", {{"ID", fileId(i)},
                             {"MIMETYPE", mediaTypeOf(file.logical)},
                             {"SIZE", std::to_string(file.bytes)},
                             {"CHECKSUM", file.sha512},
                             {"CHECKSUMTYPE", "SHA-512"}});
      xml.element("mets:FLocat", "",
                  {{"LOCTYPE", "URL"},
                   {"xlink:type", "simple"},
                   {"xlink:href", urlPath(prefix + file.inObject.generic_string())},
                   {"xlink:title", file.logical}});
      xml.close();
    }
    if (any) xml.close();
  }
  xml.close();

  xml.open("mets:structMap", {{"TYPE", "logical"}});
  xml.open("mets:div", {{"TYPE", "dossier"},
                        {"LABEL", dossier.record.code},
                        {"DMDID", "dmd-1"},
                        {"ADMID", "amd-1"}});
  const auto pointTo = [&](const std::string& logical) {
    for (std::size_t i = 0; i < dossier.files.size(); ++i) {
      if (dossier.files[i].logical == logical)
        xml.element("mets:fptr", "", {{"FILEID", fileId(i)}});
    }
  };
  int order = 0;
  for (const DocumentRecord& document : dossier.record.documents) {
    xml.open("mets:div", {{"TYPE", "document"},
                          {"ORDER", std::to_string(++order)},
                          {"LABEL", document.title.empty() ? document.code : document.title}});
    pointTo(document.file);
    pointTo("text/" + document.code + ".txt");
    xml.close();
  }
  xml.open("mets:div", {{"TYPE", "originals"}});
  for (const OriginalFile& original : dossier.record.originals)
    pointTo("originals/" + original.name);
  xml.close();
  return xml.finish();
}

std::string premisOf(const ExportedDossier& dossier, const std::string& agency) {
  XmlText xml;
  xml.open("premis:premis", {{"xmlns:premis", "http://www.loc.gov/premis/v3"},
                             {"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"},
                             {"version", "3.0"}});
  xml.open("premis:object", {{"xsi:type", "premis:intellectualEntity"}});
  writeIdentifier(xml, "object", "URN", dossier.object);
  xml.element("premis:originalName", dossier.record.code);
  xml.close();
  for (const auto& file : dossier.files) {
    xml.open("premis:object", {{"xsi:type", "premis:file"}});
    writeIdentifier(xml, "object", "path", file.inObject.generic_string());
    xml.open("premis:objectCharacteristics");
    xml.open("premis:fixity");
    xml.element("premis:messageDigestAlgorithm", "SHA-512");
    xml.element("premis:messageDigest", file.sha512);
    xml.close();
    xml.element("premis:size", std::to_string(file.bytes));
    xml.open("premis:format");
    xml.open("premis:formatDesignation");
    xml.element("premis:formatName", mediaTypeOf(file.logical));
    xml.close();
    xml.close();
    xml.close();
    xml.element("premis:originalName", file.logical);
    xml.open("premis:relationship");
    xml.element("premis:relationshipType", "structural");
    xml.element("premis:relationshipSubType", "is part of");
    xml.open("premis:relatedObjectIdentifier");
    xml.element("premis:relatedObjectIdentifierType", "URN");
    xml.element("premis:relatedObjectIdentifierValue", dossier.object);
    xml.close();
    xml.close();
    xml.close();
  }
  EventWriter events(xml, dossier.object);
  for (std::size_t i = 0; i < dossier.versions.size(); ++i) {
    const VersionInfo& version = dossier.versions[i];
    events.add(fmt::format("version-{}", i + 1), i == 0 ? "ingestion" : "modification",
               version.created, version.message,
               version.userName.empty() ? agency : version.userName);
  }
  for (const DocumentRecord& document : dossier.record.documents) {
    if (!document.signature) continue;
    events.add(
        "signature-" + document.code, "digital signature generation", document.signature->claimedAt,
        fmt::format("{}: {}, {}", document.file, document.signature->level, document.verdict),
        document.signature->signer);
  }
  for (const LedgerEntry& entry : dossier.history) {
    events.add(fmt::format("ledger-{}", entry.sequence), eventTypeOf(entry.action), entry.at,
               detailOf(entry), entry.actor);
  }
  for (const std::string& agent : events.agents()) {
    xml.open("premis:agent");
    writeIdentifier(xml, "agent", "name", agent);
    xml.element("premis:agentName", agent);
    xml.close();
  }
  return xml.finish();
}

}  // namespace sohoa
