"""Finds projects by name."""

from sqlalchemy import select

from domain.errors import NotFound
from domain.models import Project
from domain.unit_of_work import UnitOfWork


def by_name(uow: UnitOfWork, name: str) -> Project:
    """Return the project of a canonical name or code; raise NotFound."""
    query = select(Project).where((Project.name == name) | (Project.code == name)).order_by(Project.id).limit(1)
    project = uow.session.scalars(query).first()
    if project is None:
        raise NotFound("no_project", name=name)
    return project
