"""What only the procedure of searches needs: how they are kept, who is of which department, what comes with answers."""
