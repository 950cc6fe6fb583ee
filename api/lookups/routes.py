"""`/v1/vragen`, `/v1/gemeenten` and `/v1/sectoren`."""

from datetime import date
from typing import Any

from fastapi import APIRouter

from api.dependencies import AppParts
from api.lookups.schemas import Municipality, Question, Section

router = APIRouter(prefix="/v1", tags=["Lijsten"])


@router.get("/vragen", response_model=list[Question])
def questions(parts: AppParts) -> list[dict[str, Any]]:
    """De vragen van de scan, in de volgorde waarin ze gesteld worden."""
    return [
        {
            "id": question.id,
            "deel": question.deel,
            "levert": list(question.levert),
            "kort": question.kort,
            "vraag": question.vraag,
            "opties": [{"waarde": code, "titel": title} for code, title in question.choices()],
        }
        for question in parts.knowledge.intake.vragen
    ]


@router.get("/gemeenten", response_model=list[Municipality])
def municipalities(parts: AppParts) -> list[dict[str, str]]:
    """De gemeenten van de regio die vandaag bestaan."""
    valid = parts.knowledge.municipalities.valid(date.today())
    return [{"code": municipality.code, "naam": municipality.naam} for municipality in valid]


@router.get("/sectoren", response_model=list[Section])
def sections(parts: AppParts) -> list[dict[str, str]]:
    """De secties van SBI 2025."""
    return [{"code": code, "naam": entry.naam} for code, entry in parts.knowledge.sectors.sections.sbi2025.items()]
