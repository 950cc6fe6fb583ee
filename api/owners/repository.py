"""The only place that reads and writes the yearly questions and the firms that took part."""

from uuid import uuid4

from sqlalchemy.orm import Session

from api.owners.models import Participant


class Participants:
    """The firms that took part in initiatives, without a name."""

    @staticmethod
    def add(
        session: Session,
        *,
        initiative: str,
        year: int,
        sector: str,
        municipality: str,
        size_class: str,
        stage: str,
        origin: str,
    ) -> None:
        """Note a firm that took part, in the transaction of the caller. See Participant for the codes.

        Its id is random, so that neither key nor order leads to where the firm came from.
        """
        session.add(
            Participant(
                id=str(uuid4()),
                initiative=initiative,
                year=year,
                sector=sector,
                municipality=municipality,
                size_class=size_class,
                stage=stage,
                origin=origin,
            )
        )
