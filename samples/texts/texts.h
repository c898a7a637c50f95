#pragma once

#include <string>

#include "samples/texts/document_text.h"

namespace sohoa::samples {

// One writer per group of kinds; writeDocument() chooses among them.
void writeLandAllocation(DocumentText& text, Random& random, bool brief);
void writeLandRecovery(DocumentText& text, Random& random, bool brief);
void writeImpactAssessment(DocumentText& text, Random& random, bool brief);
void writeLandCertificate(DocumentText& text, Random& random);
void writeEnvironmentalPermit(DocumentText& text, Random& random, bool brief);
void writeGroundwaterPermit(DocumentText& text, Random& random, bool brief);
void writeDischargePermit(DocumentText& text, Random& random, bool brief);
void writeApplicationForm(DocumentText& text, Random& random, bool brief);
void writeInspectionMinutes(DocumentText& text, Random& random, bool brief);

// Pieces the writers share.
void issuedByDepartment(DocumentText& text, Random& random, const std::string& typeCode);
void issuedByProvince(DocumentText& text, Random& random, const std::string& typeCode);
Block paragraph(std::string markup);
Block item(std::string markup);
Block centred(std::string markup);
Block formLine(std::string label, std::string filled);
/// "Căn cứ …" in italics.
Block basis(const std::string& text);
/// "<b>Điều n.</b> …"
Block article(int number, const std::string& text);
/// A few of the legal bases that decisions on land (or environment, or water) cite.
void addBases(DocumentText& text, Random& random, const std::string& field, int count);
std::string parcel(Random& random);  ///< "thửa đất số 123, tờ bản đồ số 45"
std::string coordinates(Random& random);

}  // namespace sohoa::samples
